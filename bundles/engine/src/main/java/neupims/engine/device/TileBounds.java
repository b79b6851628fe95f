// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.NpuTile;

/**
 * How soon the steps of a tile that have no place in time yet can have consequences at best: each
 * unit does its steps in order, so what is left to do before the next store is known. Only lower
 * bounds, so that the engine may look ahead.
 */
final class TileBounds {
  private final NpuTile tile;
  private final long[] before;
  private final long[] soonest;

  /**
   * Of a tile.
   *
   * @param firstStore first store slot of each step, and the number of stores
   */
  TileBounds(NpuTile tile, int[] firstStore) {
    this.tile = tile;
    int steps = tile.steps();
    before = new long[steps];
    soonest = new long[steps];
    long[] busy = new long[NpuTile.Unit.values().length];
    for (int s = 0; s < steps; s++) {
      int unit = tile.unit(s).ordinal();
      before[s] = busy[unit] + tile.setup(s);
      busy[unit] = before[s] + tile.interval(s);
    }
    // After the tile: what follows it on the unit starts when the unit is free again.
    long[] least = busy.clone();
    boolean[] last = {true, true};
    for (int s = steps - 1; s >= 0; s--) {
      int unit = tile.unit(s).ordinal();
      if (last[unit] || firstStore[s + 1] > firstStore[s]) {
        least[unit] = Math.min(least[unit], before[s] + tile.latency(s));
        last[unit] = false;
      }
      soonest[s] = least[unit];
    }
  }

  /**
   * NPU cycle before which neither a store of its unit's steps from the given one on, nor anything
   * that waits for the tile or follows it on the unit, can happen.
   *
   * @param free when the unit is free for the step
   */
  long soonest(int step, long free) {
    return free + tile.setup(step) + soonest[step] - before[step];
  }
}
