// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.api.program.VectorOp;

/**
 * Plans attention so that K and V stream at memory bandwidth. Each array works on a head or a block
 * of tokens of its own: while it streams one block through, the next stationary vector is loaded
 * behind it, so that arrays together take a block every {@link ArrayTiming#block()} cycles. The
 * product with V of a resident follows the product with K of the next, which hides its softmax.
 */
final class StreamedAttention {
  /** A resident whose product with V is still to be planned, its load of V and its softmax. */
  private record Pending(int resident, int values, int softmax) {}

  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final ArrayTiming timing;

  StreamedAttention(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = ArrayTiming.of(spec, false);
  }

  NpuPlan plan(Kernel.NpuAttention kernel) {
    AttentionTile tile = new AttentionTile(kernel);
    List<NpuTile> tiles = new ArrayList<>();
    int room = (int) Math.min(Integer.MAX_VALUE, spec.scratchpadBytes() / 2);
    Pending pending = null;
    for (int r = 0; r < kernel.residents().size(); r++) {
      if (tile.bytes() > 0 && tile.bytes() + tile.bytesOf(r) > room) {
        value(tile, kernel, pending);
        tiles.add(tile.next());
        pending = null;
      }
      int query = tile.loadQuery(r);
      int keys = tile.loadKeys(r);
      int values = tile.loadValues(r);
      long cycles = cycles(kernel, r);
      long fill = timing.firstStationary();
      int key = tile.matrix(query, keys, -1, fill, cycles, latency(cycles));
      if (pending != null) {
        value(tile, kernel, pending);
      }
      pending = new Pending(r, values, softmax(tile, kernel, r, key));
    }
    value(tile, kernel, pending);
    tiles.add(tile.next());
    return new NpuPlan(tiles, macs(kernel), parameters.issue());
  }

  private int softmax(AttentionTile tile, Kernel.NpuAttention kernel, int resident, int key) {
    Resident request = kernel.residents().get(resident);
    long head = VectorTiming.of(spec).row(VectorOp.SOFTMAX, request.sequenceTokens());
    return tile.vector(key, head * Ceil.div(kernel.shape().heads(), spec.vectorUnits()));
  }

  private void value(AttentionTile tile, Kernel.NpuAttention kernel, Pending of) {
    long cycles = cycles(kernel, of.resident());
    int step = tile.matrix(-1, of.values(), of.softmax(), 0, cycles, latency(cycles));
    tile.storeOutput(step, of.resident());
  }

  private long cycles(Kernel.NpuAttention kernel, int resident) {
    int tokens = kernel.residents().get(resident).sequenceTokens();
    long blocks =
        (long) Ceil.div(tokens, spec.matrixColumns())
            * Ceil.div(kernel.shape().headDim(), spec.matrixRows());
    return blocks * passes(spec, kernel.shape()) * timing.block();
  }

  /**
   * How often blocks of the cache stream past: once for each KV head, its query heads being rows of
   * one stationary block.
   */
  static long passes(NpuSpec spec, AttentionShape shape) {
    return (long) shape.kvHeads() * Ceil.div(shape.group(), spec.matrixColumns());
  }

  private long latency(long cycles) {
    return cycles + timing.latency() - timing.block();
  }

  /** Multiply-accumulates of both products. */
  static long macs(Kernel.NpuAttention kernel) {
    long width = kernel.shape().width();
    return kernel.residents().stream().mapToLong(r -> 2 * width * r.sequenceTokens()).sum();
  }
}
