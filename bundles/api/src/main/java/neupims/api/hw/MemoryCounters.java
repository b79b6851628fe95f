// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Arrays;

/**
 * What the channels of a memory have done. A session writes, others read; cycles are memory clock
 * cycles.
 */
public final class MemoryCounters {
  private static final Command[] COMMANDS = Command.values();

  private final long[][] commands;
  private final long[] busCycles;
  private final long[] pimComputeCycles;
  private final long[] pimBusyCycles;

  /** All zero. */
  public MemoryCounters(int channels) {
    commands = new long[channels][COMMANDS.length];
    busCycles = new long[channels];
    pimComputeCycles = new long[channels];
    pimBusyCycles = new long[channels];
  }

  /** Number of channels. */
  public int channels() {
    return busCycles.length;
  }

  /** Adds issued commands. */
  public void addCommands(int channel, Command command, long count) {
    commands[channel][command.ordinal()] += count;
  }

  /** Adds cycles in which the data bus carried read or write data. */
  public void addBusCycles(int channel, long cycles) {
    busCycles[channel] += cycles;
  }

  /** Adds cycles in which the banks computed. */
  public void addPimComputeCycles(int channel, long cycles) {
    pimComputeCycles[channel] += cycles;
  }

  /** Adds cycles in which PIM work was under way, computing or not. */
  public void addPimBusyCycles(int channel, long cycles) {
    pimBusyCycles[channel] += cycles;
  }

  /** Commands issued on one channel. */
  public long commands(int channel, Command command) {
    return commands[channel][command.ordinal()];
  }

  /** Commands issued on all channels. */
  public long commands(Command command) {
    return Arrays.stream(commands).mapToLong(c -> c[command.ordinal()]).sum();
  }

  /** Cycles in which a channel's data bus carried read or write data. */
  public long busCycles(int channel) {
    return busCycles[channel];
  }

  /** Cycles in which a channel's banks computed. */
  public long pimComputeCycles(int channel) {
    return pimComputeCycles[channel];
  }

  /** Cycles in which PIM work was under way on a channel. */
  public long pimBusyCycles(int channel) {
    return pimBusyCycles[channel];
  }

  /** A copy that no longer changes. */
  public MemoryCounters copy() {
    MemoryCounters copy = new MemoryCounters(channels());
    for (int c = 0; c < channels(); c++) {
      copy.commands[c] = commands[c].clone();
    }
    System.arraycopy(busCycles, 0, copy.busCycles, 0, busCycles.length);
    System.arraycopy(pimComputeCycles, 0, copy.pimComputeCycles, 0, busCycles.length);
    System.arraycopy(pimBusyCycles, 0, copy.pimBusyCycles, 0, busCycles.length);
    return copy;
  }
}
