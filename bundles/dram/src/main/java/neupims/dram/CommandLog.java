// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryCounters;

/** What a channel has issued: to the sink at once, to the counters when they are asked for. */
final class CommandLog {
  private static final Command[] COMMANDS = Command.values();

  private final int channel;
  private final Geometry geometry;
  private final CommandSink sink;
  private final boolean silent;
  private final long[] counts = new long[COMMANDS.length];
  private long computeCycles;
  private long pimBusyCycles;

  CommandLog(int channel, Geometry geometry, CommandSink sink) {
    this.channel = channel;
    this.geometry = geometry;
    this.sink = sink;
    silent = sink == CommandSink.NONE;
  }

  /** Logs a command to one bank. */
  void bank(long cycle, Command command, int bank, int row, int argument) {
    counts[command.ordinal()]++;
    if (!silent) {
      int inRank = bank % geometry.banksPerRank;
      sink.command(
          cycle,
          channel,
          command,
          geometry.rankOf[bank],
          inRank / geometry.banksPerGroup,
          inRank % geometry.banksPerGroup,
          row,
          argument);
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
    computeCycles += cycles;
  }

  /** Adds cycles in which PIM work was under way. */
  void pimBusy(long cycles) {
    pimBusyCycles += cycles;
  }

  /** Moves what has been counted to the session's counters. */
  void flush(MemoryCounters counters, int burst) {
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        counters.addCommands(channel, COMMANDS[c], counts[c]);
      }
    }
    long accesses = counts[Command.RD.ordinal()] + counts[Command.WR.ordinal()];
    counters.addBusCycles(channel, accesses * burst);
    counters.addPimComputeCycles(channel, computeCycles);
    counters.addPimBusyCycles(channel, pimBusyCycles);
    java.util.Arrays.fill(counts, 0);
    computeCycles = 0;
    pimBusyCycles = 0;
  }
}
