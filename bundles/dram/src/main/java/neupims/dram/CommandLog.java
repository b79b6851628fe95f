// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryCounters;

/** Where a channel reports what it has issued: the counters and the sink. */
final class CommandLog {
  private final int channel;
  private final Geometry geometry;
  private final CommandSink sink;
  private final boolean silent;
  private final MemoryCounters counters;
  private final int burst;

  CommandLog(int channel, Geometry geometry, int burst, MemoryCounters counters, CommandSink sink) {
    this.burst = burst;
    this.counters = counters;
    this.channel = channel;
    this.geometry = geometry;
    this.sink = sink;
    silent = sink == CommandSink.NONE;
  }

  /** Logs a command to one bank. */
  void bank(long cycle, Command command, int bank, int row, int argument) {
    counters.addCommands(channel, command, 1);
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

  /** Logs a read that {@link #countReads} will count. */
  void quickRead(long cycle, int bank, int row, BankQueues queues, int run) {
    if (!silent) {
      report(cycle, Command.RD, bank, row, queues.column(run));
    }
  }

  /** Counts reads. */
  void countReads(int reads) {
    counters.addCommands(channel, Command.RD, reads);
    counters.addBusCycles(channel, (long) reads * burst);
  }

  /** Logs a read or write. */
  void column(long cycle, Command command, int bank, int row, int column) {
    counters.addBusCycles(channel, burst);
    bank(cycle, command, bank, row, column);
  }

  /** Logs a group activate. */
  void group(long cycle, int firstBank, int row) {
    counters.addCommands(channel, Command.PIM_ACT, 1);
    if (!silent) {
      int inRank = firstBank % geometry.banksPerRank;
      int group = inRank / geometry.banksPerGroup;
      sink.command(
          cycle, channel, Command.PIM_ACT, geometry.rankOf[firstBank], group, -1, row, firstBank);
    }
  }

  /** Logs a refresh. */
  void refresh(long cycle, int rank) {
    counters.addCommands(channel, Command.REF, 1);
    if (!silent) {
      sink.command(cycle, channel, Command.REF, rank, -1, -1, -1, 0);
    }
  }

  /** Logs a command to the whole channel that stands for {@code count} steps. */
  void all(long cycle, Command command, int row, int count) {
    counters.addCommands(channel, command, count);
    if (!silent) {
      sink.command(cycle, channel, command, -1, -1, -1, row, count);
    }
  }

  /** Adds cycles in which the banks computed. */
  void computed(long cycles) {
    counters.addPimComputeCycles(channel, cycles);
  }

  /** Adds cycles in which PIM work was under way. */
  void pimBusy(long cycles) {
    counters.addPimBusyCycles(channel, cycles);
  }
}
