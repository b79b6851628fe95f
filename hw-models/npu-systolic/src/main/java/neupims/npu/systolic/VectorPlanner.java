// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.api.program.VectorOp;

/**
 * Plans vector work: the units take a row each, so a step is as many rows as there are units. Rows
 * are contiguous in memory.
 */
final class VectorPlanner {
  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final VectorTiming timing;

  VectorPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = VectorTiming.of(spec);
  }

  NpuPlan plan(Kernel.Vector kernel) {
    int operands = kernel.op().inputs();
    long rowBytes = (long) kernel.columns() * kernel.values().bytes();
    int perStep = spec.vectorUnits();
    long steps = spec.scratchpadBytes() / 2 / (rowBytes * perStep * operands);
    if (steps < 1) {
      throw new IllegalArgumentException(
          "%d rows of %d B do not fit half of the scratchpad (%d B) of npu %s"
              .formatted(perStep * operands, rowBytes, spec.scratchpadBytes() / 2, spec.name()));
    }
    int perTile = (int) Math.min(kernel.rows(), steps * perStep);
    List<NpuTile> tiles = new ArrayList<>();
    for (int row = 0; row < kernel.rows(); row += perTile) {
      int end = Math.min(kernel.rows(), row + perTile);
      tiles.add(tile(kernel, row, end));
    }
    return new NpuPlan(tiles, 0, parameters.vectorIssue());
  }

  private NpuTile tile(Kernel.Vector kernel, int firstRow, int endRow) {
    NpuTile tile = new NpuTile();
    int rowBytes = kernel.columns() * kernel.values().bytes();
    int perStep = parameters.vectorSizeLost() ? 1 : spec.vectorUnits();
    long cycles = timing.row(kernel.op(), parameters.vectorSizeLost() ? 1 : kernel.columns());
    long interval = parameters.vectorUnitsNeverBusy() ? 0 : cycles;
    if (kernel.op() == VectorOp.LAYER_NORM && parameters.biasLoads()) {
      tile.load(0, 0, rowBytes); // shift and scale of each column; no step waits for them
      tile.load(0, 0, rowBytes);
    }
    for (int row = firstRow; row < endRow; row += perStep) {
      int rows = Math.min(perStep, endRow - row);
      long offset = (long) row * rowBytes;
      int first = tile.load(0, offset, rows * rowBytes);
      int second = kernel.op().inputs() == 2 ? tile.load(1, offset, rows * rowBytes) : -1;
      int step = tile.step(NpuTile.Unit.VECTOR, first, second, -1, 0, 0, interval, cycles);
      tile.store(step, offset, rows * rowBytes);
    }
    return tile;
  }
}
