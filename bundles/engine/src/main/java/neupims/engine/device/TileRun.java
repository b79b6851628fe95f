// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.hw.Transfer;

/** A tile under way: its loads, and which of its steps have been placed in time. */
final class TileRun {
  private final NpuTile tile;
  private final Transfer loads;
  private final int[] loadEnd;
  private final long[] arrival;
  private final long[] result;
  private final int[] firstStore;
  private final TileBounds bounds;
  private final int[] next = new int[Unit.values().length];
  private int placed;
  private long computed;

  TileRun(NpuTile tile) {
    this.tile = tile;
    loads = new Transfer(false, tile.loads());
    loadEnd = new int[tile.loads()];
    arrival = new long[tile.loads()];
    Arrays.fill(arrival, -1);
    result = new long[tile.steps()];
    Arrays.fill(result, -1);
    firstStore = new int[tile.steps() + 1];
    for (int s = 0; s < tile.stores(); s++) {
      firstStore[tile.storeStep(s) + 1]++;
    }
    for (int s = 0; s < tile.steps(); s++) {
      firstStore[s + 1] += firstStore[s];
    }
    bounds = new TileBounds(tile, firstStore);
    for (Unit unit : Unit.values()) {
      skip(unit);
    }
  }

  /** What the tile is. */
  NpuTile tile() {
    return tile;
  }

  /** The transfer that carries the loads. */
  Transfer loads() {
    return loads;
  }

  /** Notes that a load ends with the transfer's latest slot. */
  void loadAdded(int load) {
    loadEnd[load] = loads.slots();
  }

  /** Memory cycle of a load's arrival, -1 while not known, 0 for no load. */
  long arrival(int load) {
    if (load < 0) {
      return 0;
    }
    if (arrival[load] >= 0) {
      return arrival[load];
    }
    int first = load == 0 ? 0 : loadEnd[load - 1];
    if (loadEnd[load] == 0) {
      return -1;
    }
    long latest = 0;
    for (int s = first; s < loadEnd[load]; s++) {
      if (!loads.done(s)) {
        return -1;
      }
      latest = Math.max(latest, loads.doneCycle(s));
    }
    arrival[load] = latest;
    return latest;
  }

  /** The unit's first step that has no place in time yet, or -1. */
  int next(Unit unit) {
    int step = next[unit.ordinal()];
    return step < tile.steps() ? step : -1;
  }

  /** Places that step. */
  void place(Unit unit, long resultNpu) {
    result[next[unit.ordinal()]++] = resultNpu;
    placed++;
    computed = Math.max(computed, resultNpu);
    skip(unit);
  }

  private void skip(Unit unit) {
    int step = next[unit.ordinal()];
    while (step < tile.steps() && tile.unit(step) != unit) {
      step++;
    }
    next[unit.ordinal()] = step;
  }

  /** NPU cycle of a step's result, -1 while not known, 0 for no step. */
  long result(int step) {
    return step < 0 ? 0 : result[step];
  }

  /** Whether every step has its place in time. */
  boolean computed() {
    return placed == tile.steps();
  }

  /** NPU cycle of the last result so far. */
  long computedAt() {
    return computed;
  }

  /** First store slot of a step; one after its last is the next step's first. */
  int firstStore(int step) {
    return firstStore[step];
  }

  /** How soon the rest of the tile can have consequences. */
  TileBounds bounds() {
    return bounds;
  }
}
