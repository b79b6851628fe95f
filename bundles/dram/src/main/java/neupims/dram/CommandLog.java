// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryCounters;

/**
 * Where a channel reports what it has issued: its counts and the sink. The counts of a channel that
 * follows another one grow as that one's do.
 */
final class CommandLog {
  private static final Command[] COMMANDS = Command.values();
  private static final int BUS = COMMANDS.length;
  private static final int COMPUTE = BUS + 1;
  private static final int BUSY = BUS + 2;
  private static final int COUNTS = BUS + 3;

  private final int channel;
  private final Geometry geometry;
  private final CommandSink sink;
  private final boolean silent;
  private final int burst;
  private final long[] counts = new long[COUNTS];
  private final long[] reported = new long[COUNTS];

  /** While it follows: what its counts are more than those of the one it follows. */
  private final long[] more = new long[COUNTS];

  CommandLog(int channel, Geometry geometry, int burst, CommandSink sink) {
    this.burst = burst;
    this.channel = channel;
    this.geometry = geometry;
    this.sink = sink;
    silent = sink == CommandSink.NONE;
  }

  /** From now on its counts grow as another channel's do. */
  void follow(CommandLog leader) {
    for (int i = 0; i < COUNTS; i++) {
      more[i] = counts[i] - leader.counts[i];
    }
  }

  /** Brings its counts up to those of the channel that it follows. */
  void catchUp(CommandLog leader) {
    for (int i = 0; i < COUNTS; i++) {
      counts[i] = leader.counts[i] + more[i];
    }
  }

  /** Adds what the counts have gained since the last call. */
  void report(MemoryCounters counters) {
    for (Command command : COMMANDS) {
      counters.addCommands(channel, command, gain(command.ordinal()));
    }
    counters.addBusCycles(channel, gain(BUS));
    counters.addPimComputeCycles(channel, gain(COMPUTE));
    counters.addPimBusyCycles(channel, gain(BUSY));
  }

  private long gain(int index) {
    long gain = counts[index] - reported[index];
    reported[index] = counts[index];
    return gain;
  }

  /** Whether nobody listens to the commands as they come. */
  boolean silent() {
    return silent;
  }

  /** Logs a command to one bank. */
  void bank(long cycle, Command command, int bank, int row, int argument) {
    counts[command.ordinal()]++;
    if (!silent) {
      report(cycle, command, bank, row, argument);
    }
  }

  private void report(long cycle, Command command, int bank, int row, int argument) {
    int inRank = bank % geometry.banksPerRank;
    int group = inRank / geometry.banksPerGroup;
    int inGroup = inRank % geometry.banksPerGroup;
    sink.command(cycle, channel, command, geometry.rankOf[bank], group, inGroup, row, argument);
  }

  /** Reports a read or write that {@link #count} will count. */
  void uncounted(Command command, long cycle, int bank, int row, int column) {
    if (!silent) {
      report(cycle, command, bank, row, column);
    }
  }

  /** Counts reads or writes. */
  void count(Command command, int columns) {
    counts[command.ordinal()] += columns;
    counts[BUS] += (long) columns * burst;
  }

  /** Logs reads or writes of consecutive columns, one each gap. */
  void columns(Command command, long cycle, int gap, int count, int bank, int row, int column) {
    count(command, count);
    for (int i = 0; i < count && !silent; i++) {
      report(cycle + (long) i * gap, command, bank, row, column + i);
    }
  }

  /** Logs a group activate. */
  void group(long cycle, int firstBank, int row) {
    counts[Command.PIM_ACT.ordinal()]++;
    if (!silent) {
      int inRank = firstBank % geometry.banksPerRank;
      int group = inRank / geometry.banksPerGroup;
      sink.command(
          cycle, channel, Command.PIM_ACT, geometry.rankOf[firstBank], group, -1, row, firstBank);
    }
  }

  /** Logs a refresh. */
  void refresh(long cycle, int rank) {
    counts[Command.REF.ordinal()]++;
    if (!silent) {
      sink.command(cycle, channel, Command.REF, rank, -1, -1, -1, 0);
    }
  }

  /** Logs a command to the whole channel that stands for {@code count} steps. */
  void all(long cycle, Command command, int row, int count) {
    counts[command.ordinal()] += count;
    if (!silent) {
      sink.command(cycle, channel, command, -1, -1, -1, row, count);
    }
  }

  /** Adds cycles in which the banks computed. */
  void computed(long cycles) {
    counts[COMPUTE] += cycles;
  }

  /** Adds cycles in which PIM work was under way. */
  void pimBusy(long cycles) {
    counts[BUSY] += cycles;
  }
}
