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
 */
public record NpuPlan(List<NpuTile> tiles, long macs) {
  public NpuPlan {
    tiles = List.copyOf(tiles);
  }
}
