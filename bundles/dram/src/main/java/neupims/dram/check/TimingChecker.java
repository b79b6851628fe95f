// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemorySpec;

/**
 * A sink that checks every command against the timing, the state of the banks and the PIM's rules,
 * and keeps the first violation. Works for any memory model that reports to a sink.
 */
public final class TimingChecker implements CommandSink {
  private final ChannelCheck[] channels;
  private Violation first;
  private long commands;

  /** A checker for a memory at cycle 0, all banks closed. */
  public TimingChecker(MemorySpec spec) {
    channels = new ChannelCheck[spec.organization().channels()];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = new ChannelCheck(spec);
    }
  }

  @Override
  public void command(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument) {
    commands++;
    if (first == null) {
      IssuedCommand issued = new IssuedCommand(cycle, channel, command, rank, bankGroup, bank, row);
      first = channels[channel].check(issued, argument);
    }
  }

  /** The first violation; empty while there is none. */
  public Optional<Violation> firstViolation() {
    return Optional.ofNullable(first);
  }

  /** Number of commands heard. */
  public long commands() {
    return commands;
  }

  /**
   * Demands that nothing was wrong, the last refresh intervals included.
   *
   * @param now the trace's end
   * @throws IllegalStateException naming the first violation
   */
  public void requireLegal(long now) {
    for (int c = 0; c < channels.length && first == null; c++) {
      IssuedCommand end = new IssuedCommand(now, c, Command.REF, -1, -1, -1, -1);
      first = channels[c].checkRefreshedUntil(end);
    }
    if (first != null) {
      throw new IllegalStateException("illegal command trace: " + first);
    }
  }
}
