// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.api.program.VectorOp;

/**
 * Plans the softmax of PIM results: one tile of one step per resident, a head on each unit; the
 * scores are stored for the next GEMV, in the format of V.
 */
final class SoftmaxPlanner {
  private final NpuSpec spec;
  private final SystolicParameters parameters;

  SoftmaxPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
  }

  NpuPlan plan(Kernel.PimLogitSoftmax kernel) {
    List<NpuTile> tiles = kernel.residents().stream().map(r -> tile(r, kernel.shape())).toList();
    return new NpuPlan(tiles, 0, parameters.vectorIssue());
  }

  private NpuTile tile(Resident resident, AttentionShape shape) {
    int heads = shape.heads();
    long values = resident.sequenceTokens();
    if (parameters.softmaxCountsBytes()) {
      values *= shape.kv().bytes();
    }
    long head = VectorTiming.of(spec).row(VectorOp.SOFTMAX, values);
    long cycles = head * Ceil.div(heads, spec.vectorUnits());
    long interval = parameters.vectorUnitsNeverBusy() ? 0 : cycles;
    NpuTile tile = new NpuTile();
    int step = tile.step(NpuTile.Unit.VECTOR, -1, -1, -1, 0, 0, interval, cycles);
    int bytes = resident.sequenceTokens() * shape.kv().bytes();
    int perStore = parameters.lastScoresPerCycle() == 0 ? heads : 1;
    for (int h = 0; h < heads; h += perStore) {
      tile.store(step, (long) h * bytes, perStore * bytes);
    }
    return tile;
  }
}
