// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.conformance.Expect;

/** The steps of a plan: whether they are in order, and how long they take at least. */
final class PlanForm {
  private PlanForm() {}

  static void check(NpuPlan plan) {
    Expect.that(!plan.tiles().isEmpty(), "a plan without a tile");
    for (int t = 0; t < plan.tiles().size(); t++) {
      NpuTile tile = plan.tiles().get(t);
      for (int slot = 0; slot < tile.loads(); slot++) {
        boolean some = tile.loadBytes(slot) > 0 && tile.loadOffset(slot) >= 0;
        Expect.that(some, "tile " + t + ", load " + slot + ": no bytes, or before the operand");
      }
      for (int step = 0; step < tile.steps(); step++) {
        checkStep(tile, step, "tile " + t + ", step " + step);
      }
      int before = 0;
      for (int slot = 0; slot < tile.stores(); slot++) {
        int step = tile.storeStep(slot);
        boolean there = step >= before && step < tile.steps();
        Expect.that(there, "tile " + t + ", store " + slot + " follows step " + step);
        boolean some = tile.storeBytes(slot) > 0 && tile.storeOffset(slot) >= 0;
        Expect.that(some, "tile " + t + ", store " + slot + ": no bytes, or before the output");
        before = step;
      }
    }
  }

  private static void checkStep(NpuTile tile, int step, String where) {
    Expect.that(inRange(tile.firstLoad(step), tile.loads()), where + ": no such load");
    Expect.that(inRange(tile.secondLoad(step), tile.loads()), where + ": no such load");
    Expect.that(inRange(tile.afterStep(step), step), where + " waits for no earlier step");
    long least = Math.min(tile.setup(step), tile.fill(step));
    least = Math.min(least, Math.min(tile.interval(step), tile.latency(step)));
    Expect.that(least >= 0, where + ": a negative time");
    Expect.that(tile.unit(step) != null, where + " has no unit");
  }

  private static boolean inRange(int index, int count) {
    return index >= -1 && index < count;
  }

  /** Cycles to the last result and until the units are free, with all operands in place. */
  static long cycles(NpuPlan plan) {
    long[] free = new long[NpuTile.Unit.values().length];
    long last = 0;
    for (NpuTile tile : plan.tiles()) {
      long[] result = new long[tile.steps()];
      for (int step = 0; step < tile.steps(); step++) {
        int unit = tile.unit(step).ordinal();
        long after = tile.afterStep(step) < 0 ? 0 : result[tile.afterStep(step)];
        long start = Math.max(free[unit] + tile.setup(step), after);
        free[unit] = start + tile.interval(step);
        result[step] = start + tile.latency(step);
        last = Math.max(last, Math.max(result[step], free[unit]));
      }
    }
    return last;
  }

  /** Demands that each stored result waits for a load, itself or through earlier steps. */
  static void waits(NpuPlan plan, Kernel kernel) {
    if (kernel instanceof Kernel.PimLogitSoftmax) {
      return; // The scores are in the NPU already.
    }
    for (NpuTile tile : plan.tiles()) {
      for (int slot = 0; slot < tile.stores(); slot++) {
        int step = tile.storeStep(slot);
        while (step >= 0 && tile.firstLoad(step) < 0 && tile.secondLoad(step) < 0) {
          step = tile.afterStep(step);
        }
        Expect.that(
            step >= 0, "a result waits for no load in a tile of " + NpuProperties.shown(kernel));
      }
    }
  }

  /** All numbers of a plan, to compare. */
  static String text(NpuPlan plan) {
    StringBuilder text = new StringBuilder(plan.macs() + " " + plan.issue());
    for (NpuTile tile : plan.tiles()) {
      text.append("\ntile");
      for (int s = 0; s < tile.loads(); s++) {
        text.append(" l").append(tile.loadOperand(s)).append(':').append(tile.loadOffset(s));
        text.append('+').append(tile.loadBytes(s));
      }
      for (int s = 0; s < tile.steps(); s++) {
        text.append(' ').append(tile.unit(s)).append(tile.firstLoad(s)).append(',');
        text.append(tile.secondLoad(s)).append(',').append(tile.afterStep(s)).append(',');
        text.append(tile.setup(s)).append(',').append(tile.fill(s)).append(',');
        text.append(tile.interval(s)).append(',').append(tile.latency(s));
      }
      for (int s = 0; s < tile.stores(); s++) {
        text.append(" s").append(tile.storeStep(s)).append(':').append(tile.storeOffset(s));
        text.append('+').append(tile.storeBytes(s));
      }
    }
    return text.toString();
  }
}
