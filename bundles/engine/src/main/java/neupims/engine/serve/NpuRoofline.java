// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import neupims.api.model.ModelShard;
import neupims.api.run.Variant;
import neupims.api.schedule.NpuEstimate;

/**
 * A roofline of a block's matrix products: its weights are read once at peak bandwidth, and rows in
 * whole blocks of the arrays' width are multiplied at peak rate; the longer of the two.
 */
record NpuRoofline(Variant variant) implements NpuEstimate {
  @Override
  public long blockCycles(int tokens) {
    NpuSpec npu = variant.system().npu();
    MemorySpec memory = variant.system().memory();
    ModelShard shard = variant.shard();
    double read = shard.blockWeightBytes() / variant.system().peakBytesPerCycle();
    double weights =
        (double) shard.blockWeightBytes() / shard.model().precision().weights().bytes();
    long width = npu.matrixColumns();
    long rows = (tokens + width - 1) / width * width;
    double ratio = (double) memory.clock().hertz() / npu.clock().hertz();
    return Math.round(Math.max(read, rows * weights / npu.peakMacsPerCycle() * ratio));
  }
}
