// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;

/**
 * Plans the weighted sum over a token's experts: the vector units take a token each. A token's rows
 * are taken for neighbours in memory (ASSUMED: they lie expert by expert, as many bytes).
 */
final class ExpertSumPlanner {
  private final NpuSpec spec;
  private final SystolicParameters parameters;

  ExpertSumPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  NpuPlan plan(Kernel.ExpertSum sum) {
    int rowBytes = sum.columns() * sum.values().bytes();
    int units = spec.vectorUnits();
    long room = spec.scratchpadBytes() / 2 / ((long) rowBytes * sum.perToken() * units);
    if (room < 1) {
      throw new IllegalArgumentException(
          "%d rows of %d B do not fit half of the scratchpad (%d B) of npu %s"
              .formatted(
                  units * sum.perToken(), rowBytes, spec.scratchpadBytes() / 2, spec.name()));
    }
    int perTile = (int) Math.min(sum.rows(), room * units);
    List<NpuTile> tiles = new ArrayList<>();
    for (int row = 0; row < sum.rows(); row += perTile) {
      tiles.add(tile(sum, rowBytes, row, Math.min(sum.rows(), row + perTile)));
    }
    return new NpuPlan(tiles, 0, parameters.vectorIssue());
  }

  private NpuTile tile(Kernel.ExpertSum sum, int rowBytes, int firstRow, int endRow) {
    NpuTile tile = new NpuTile();
    int perStep = parameters.vectorSizeLost() ? endRow - firstRow : spec.vectorUnits();
    long values = parameters.vectorSizeLost() ? 1 : sum.columns();
    long cycles = VectorTiming.of(spec).weightedSum(sum.perToken(), values);
    long interval = parameters.vectorUnitsNeverBusy() ? 0 : cycles;
    for (int row = firstRow; row < endRow; row += perStep) {
      int rows = Math.min(perStep, endRow - row);
      int inputBytes = rowBytes * sum.perToken();
      int load = tile.load(0, (long) row * inputBytes, rows * inputBytes);
      int step = tile.step(NpuTile.Unit.VECTOR, load, -1, -1, 0, 0, interval, cycles);
      tile.store(step, (long) row * rowBytes, rows * rowBytes);
    }
    return tile;
  }
}
