// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;

/** A digest of commands in the order of each channel, whatever the order among channels. */
public final class CommandDigest implements CommandSink {
  private final Trail trail;

  /** Of so many channels. */
  public CommandDigest(int channels) {
    // Ends before it begins: no marks.
    trail = new Trail(true, new long[channels], new long[channels], new long[channels]);
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
    trail.command(cycle, channel, command, rank, bankGroup, bank, row, argument);
  }

  /** The digest. */
  public long value() {
    return trail.digest();
  }
}
