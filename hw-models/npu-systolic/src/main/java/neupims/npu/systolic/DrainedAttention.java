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
 * Plans attention as the reference's NPU-only branch runs it [R]: one tile per resident, head after
 * head, and in a head the product with K, the softmax and the product with V each wait for the
 * result before. The token that is being generated takes no block of its own: with one more than
 * full blocks the products are as long as with full ones, and a lone token only loads its vector.
 */
final class DrainedAttention {
  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final ArrayTiming timing;

  DrainedAttention(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = ArrayTiming.of(spec, parameters.exposedPreload());
  }

  NpuPlan plan(Kernel.NpuAttention kernel) {
    AttentionTile tile = new AttentionTile(kernel);
    List<NpuTile> tiles = new ArrayList<>();
    for (int r = 0; r < kernel.residents().size(); r++) {
      int query = tile.loadQuery(r);
      int step = -1;
      for (int head = 0; head < kernel.shape().kvHeads(); head++) {
        step = head(tile, kernel, r, head, query, step);
      }
      tile.storeOutput(step, r);
      tiles.add(tile.next());
    }
    return new NpuPlan(tiles, StreamedAttention.macs(kernel), parameters.issue());
  }

  /** A KV head: its query heads are rows of one stationary block. */
  private int head(
      AttentionTile tile,
      Kernel.NpuAttention kernel,
      int resident,
      int head,
      int query,
      int after) {
    int tokens = kernel.residents().get(resident).sequenceTokens();
    int group = kernel.shape().group();
    long passes = Ceil.div(group, spec.matrixColumns());
    long blocks = Ceil.div(tokens - 1, spec.matrixColumns());
    long load = spec.matrixRows(); // into arrays at rest
    long keyCycles = load + timing.latency() + Math.max(0, blocks - 1) * timing.block();
    long valueCycles =
        blocks == 0 ? load : load + timing.latency() + (blocks - 1) * timing.nextStationary();
    int keys = tile.loadKeys(resident, head, 1);
    int values = tile.loadValues(resident, head, 1);
    long row = VectorTiming.of(spec).row(VectorOp.SOFTMAX, tokens);
    int key = tile.matrix(query, keys, after, 0, passes * keyCycles, passes * keyCycles);
    int softmax = tile.vector(key, row * Ceil.div(group, spec.vectorUnits()));
    return tile.matrix(-1, values, softmax, 0, passes * valueCycles, passes * valueCycles);
  }
}
