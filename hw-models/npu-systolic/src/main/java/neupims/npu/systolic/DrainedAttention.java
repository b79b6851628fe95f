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
    AttentionTile tile = new AttentionTile(kernel, parameters.valueBytes());
    List<NpuTile> tiles = new ArrayList<>();
    for (int r = 0; r < kernel.residents().size(); r++) {
      int query = tile.loadQuery(r);
      int step = -1;
      for (int head = 0; head < kernel.heads(); head++) {
        step = head(tile, r, head, kernel.residents().get(r).sequenceTokens(), query, step);
      }
      tile.storeOutput(step, r);
      tiles.add(tile.next());
    }
    return new NpuPlan(tiles, StreamedAttention.macs(kernel), parameters.issue());
  }

  private int head(AttentionTile tile, int resident, int head, int tokens, int query, int after) {
    long blocks = Ceil.div(tokens - 1, spec.matrixColumns());
    long load = spec.matrixRows(); // into arrays at rest
    long keyCycles = load + timing.latency() + Math.max(0, blocks - 1) * timing.block();
    long valueCycles =
        blocks == 0 ? load : load + timing.latency() + (blocks - 1) * timing.nextStationary();
    int keys = tile.loadKeys(resident, head);
    int values = tile.loadValues(resident, head);
    int key = tile.matrix(query, keys, after, 0, keyCycles, keyCycles);
    int softmax = tile.vector(key, VectorTiming.of(spec).row(VectorOp.SOFTMAX, tokens));
    return tile.matrix(-1, values, softmax, 0, valueCycles, valueCycles);
  }
}
