// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;

/**
 * What an NPU did, as far as it counts for energy.
 *
 * @param macs multiply-accumulates
 * @param sramBytes bytes written to or read from scratchpad and accumulator
 */
public record NpuWork(long macs, long sramBytes) {
  /** Nothing. */
  public static final NpuWork NONE = new NpuWork(0, 0);

  private static final int VALUE_BYTES = 2;
  private static final int SUM_BYTES = 4;

  /**
   * The work of a plan. A byte that is loaded or stored is written to the SRAM once and read from
   * it once. In a systolic array a streamed FP16 value passes a row of cells, so it is read once in
   * {@code matrixColumns} multiply-accumulates; an FP32 sum passes a column of cells, so it is read
   * from the accumulator and written back once in {@code matrixRows}.
   */
  public static NpuWork of(NpuPlan plan, NpuSpec npu) {
    long moved = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int l = 0; l < tile.loads(); l++) {
        moved += tile.loadBytes(l);
      }
      for (int s = 0; s < tile.stores(); s++) {
        moved += tile.storeBytes(s);
      }
    }
    long streamed = VALUE_BYTES * plan.macs() / npu.matrixColumns();
    long summed = 2 * SUM_BYTES * plan.macs() / npu.matrixRows();
    return new NpuWork(plan.macs(), 2 * moved + streamed + summed);
  }

  /** Bytes that pass through the SRAM on their way elsewhere, written once and read once. */
  public static NpuWork passing(long bytes) {
    return new NpuWork(0, 2 * bytes);
  }

  /** The sum of two. */
  public NpuWork plus(NpuWork other) {
    return new NpuWork(macs + other.macs, sramBytes + other.sramBytes);
  }
}
