// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;

/**
 * Plans the attention of prompt tokens, KV head after KV head. The query heads of a KV head are
 * rows of the same products. Rows are cut into blocks of the arrays' width; a block meets the
 * blocks of keys up to its last token, so what the causal mask hides is left out by blocks. As in
 * {@link StreamedAttention} each array works on blocks of its own and the arrays together take one
 * every {@link ArrayTiming#block()} cycles. The product with V of a head follows the product with K
 * of the next, which hides its softmax.
 *
 * <p>A chunk's own K and V are read where the QKV product left them, its context's from the KV
 * cache.
 */
final class PrefillPlanner {
  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final ArrayTiming timing;

  PrefillPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = ArrayTiming.of(spec, false);
  }

  NpuPlan plan(Kernel.PrefillAttention kernel) {
    List<NpuTile> tiles = new ArrayList<>();
    long context = 0;
    int row = kernel.firstRow();
    long macs = 0;
    for (PrefillChunk chunk : kernel.chunks()) {
      addTiles(new PrefillHeads(spec, kernel, chunk, row, context), tiles);
      row += chunk.tokens();
      context += kernel.contextBytes(chunk);
      macs += macs(kernel, chunk);
    }
    return new NpuPlan(tiles, macs, parameters.issue());
  }

  /** Token j of n attends to c + j tokens: twice the width times n c + n (n + 1) / 2. */
  static long macs(Kernel.PrefillAttention kernel, PrefillChunk chunk) {
    long n = chunk.tokens();
    return 2L * kernel.shape().width() * (n * chunk.contextTokens() + n * (n + 1) / 2);
  }

  /** As many KV heads to a tile as fit half of the scratchpad, at least one. */
  private void addTiles(PrefillHeads heads, List<NpuTile> tiles) {
    long fit = spec.scratchpadBytes() / 2 / heads.bytes();
    int step = (int) Math.max(1, Math.min(heads.count(), fit));
    for (int first = 0; first < heads.count(); first += step) {
      tiles.add(tile(heads, first, Math.min(heads.count(), first + step)));
    }
  }

  private NpuTile tile(PrefillHeads heads, int first, int end) {
    NpuTile tile = new NpuTile();
    long cycles = heads.blocks() * timing.block();
    long latency = cycles + timing.latency() - timing.block();
    long fill = timing.firstStationary();
    Values before = null;
    for (int head = first; head < end; head++) {
      int query = heads.loadQueries(tile, head);
      int context = heads.loadContext(tile, head, 0);
      int own = heads.loadOwn(tile, head, 0);
      int waits = context < 0 ? query : context;
      int key = tile.step(NpuTile.Unit.MATRIX, waits, own, -1, 0, fill, cycles, latency);
      if (before != null) {
        before.product(tile, heads, cycles, latency);
      }
      context = heads.loadContext(tile, head, 1);
      own = heads.loadOwn(tile, head, 1);
      long rows = heads.softmaxCycles();
      int softmax = tile.step(NpuTile.Unit.VECTOR, -1, -1, key, 0, 0, rows, rows);
      before = new Values(head, context, own, softmax);
    }
    before.product(tile, heads, cycles, latency);
    return tile;
  }

  /** A head whose product with V is still to be planned: the loads of V and its softmax. */
  private record Values(int head, int context, int own, int softmax) {
    void product(NpuTile tile, PrefillHeads heads, long cycles, long latency) {
      int step = tile.step(NpuTile.Unit.MATRIX, context, own, softmax, 0, 0, cycles, latency);
      heads.storeOutput(tile, step, head);
    }
  }
}
