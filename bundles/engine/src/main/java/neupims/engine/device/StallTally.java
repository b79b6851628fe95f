// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import java.util.List;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySpec;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;

/**
 * Gives each cycle of the block's stages to one cause, for every unit. The NPU's come from the
 * times of its steps and tasks, cycle by cycle. Of a channel the session counts how many cycles its
 * bus carried data, its PIM had work and computed, and how many refreshes there were, not which
 * cycles: what is left of those with work after computing is refresh as far as the refreshes reach,
 * then memory.
 */
final class StallTally {
  private final long refreshCycles;
  private final int ranks;
  private final boolean hasPim;
  private final UnitCycles[] bus;
  private final UnitCycles[] pim;
  private UnitCycles npu = UnitCycles.NONE;

  StallTally(MemorySpec memory) {
    refreshCycles = memory.timing().rfc();
    ranks = memory.organization().ranks();
    hasPim = memory.pim().isPresent();
    bus = new UnitCycles[memory.organization().channels()];
    Arrays.fill(bus, UnitCycles.NONE);
    pim = bus.clone();
  }

  /** Adds a stage of the block. */
  void add(StageSpans spans, long start, long end, MemoryCounters before, MemoryCounters after) {
    npu = npu.plus(npu(spans, start, end));
    long under = spans.transfers().within(start, end);
    long lastTransfer = spans.transfers().last(start, end);
    for (int c = 0; c < bus.length; c++) {
      long refreshed =
          (after.commands(c, Command.REF) - before.commands(c, Command.REF)) * refreshCycles;
      long carried = after.busCycles(c) - before.busCycles(c);
      bus[c] =
          bus[c].plus(bus(carried, under, refreshed / ranks, lastTransfer - start, end - start));
      if (hasPim) {
        long computed = after.pimComputeCycles(c) - before.pimComputeCycles(c);
        long busy = after.pimBusyCycles(c) - before.pimBusyCycles(c);
        long done = Math.min(spans.lastGemv(c), end) - start;
        pim[c] = pim[c].plus(pim(computed, busy, refreshed, done, end - start));
      }
    }
  }

  private static UnitCycles npu(StageSpans spans, long start, long end) {
    long computing = spans.steps().within(start, end);
    Spans active = spans.npuTasks();
    active.addAll(spans.steps());
    long busy = active.within(start, end);
    long last = active.last(start, end);
    return last == start
        ? empty(end - start)
        : new UnitCycles(computing, busy - computing, last - start - busy, 0, end - last, 0);
  }

  /** Of a stage's cycles those in which transfers were under way, up to the last one's end. */
  private static UnitCycles bus(
      long carried, long underWay, long refreshed, long untilLast, long cycles) {
    long computing = Math.min(carried, cycles);
    if (untilLast == 0) {
      return new UnitCycles(computing, 0, 0, 0, 0, cycles - computing);
    }
    long waiting = Math.min(Math.max(0, underWay - computing), cycles - computing);
    long refresh = Math.min(waiting, refreshed);
    long rest = cycles - computing - waiting;
    long barrier = Math.min(rest, cycles - untilLast);
    return new UnitCycles(computing, waiting - refresh, rest - barrier, refresh, barrier, 0);
  }

  /** The PIM of a channel whose last GEMV is done after so many cycles of the stage. */
  private static UnitCycles pim(
      long computed, long busy, long refreshed, long untilLast, long cycles) {
    if (untilLast < 0) {
      return empty(cycles);
    }
    long computing = Math.min(computed, untilLast);
    long waiting = Math.min(Math.max(0, busy - computing), untilLast - computing);
    long refresh = Math.min(waiting, refreshed * untilLast / cycles); // they come evenly
    long other = untilLast - computing - waiting;
    return new UnitCycles(computing, waiting - refresh, other, refresh, cycles - untilLast, 0);
  }

  private static UnitCycles empty(long cycles) {
    return new UnitCycles(0, 0, 0, 0, 0, cycles);
  }

  Stalls stalls() {
    return new Stalls(npu, List.of(bus), hasPim ? List.of(pim) : List.of());
  }
}
