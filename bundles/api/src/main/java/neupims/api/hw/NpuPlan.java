// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.List;

/**
 * A kernel as an NPU runs it: tiles in order, each loaded into one half of the double-buffered
 * scratchpad, computed and stored. The engine offers a tile's loads when the tile before the
 * previous one has been computed.
 *
 * @param tiles in order of execution, at least one
 * @param macs multiply-accumulates that the kernel needs, without padding; 0 for vector work
 * @param issue how loads and steps leave the front end
 */
public record NpuPlan(List<NpuTile> tiles, long macs, Issue issue) {
  public NpuPlan {
    tiles = List.copyOf(tiles);
  }

  /**
   * Rules of the front end.
   *
   * @param loadsPerCycle load slots offered in an NPU cycle, 0 for all of a tile at once
   * @param lateStepsStartInPast {@code false}: a step starts as {@link NpuTile} says; {@code true}:
   *     while the unit's previous result is still to come a step starts at unit free + setup even
   *     if its operands arrive later than that; after it, when they are there, + fill [R]
   * @param lastStoresPerCycle 0: a store is offered when its step's result is there; else, for the
   *     softmax of PIM results, stores wait for the kernel's last result and so many slots are
   *     offered in an NPU cycle [R]
   */
  public record Issue(int loadsPerCycle, boolean lateStepsStartInPast, int lastStoresPerCycle) {
    /**
     * What hardware does: a tile's loads are queued at once, nothing starts before its operands.
     */
    public static final Issue PHYSICAL = new Issue(0, false, 0);
  }
}
