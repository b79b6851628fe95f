// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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
 *
 * <p>Query heads that share a KV head are rows of one stationary block. Products are then so many
 * times shorter but take as long to come out, so as many residents are in flight as heads share.
 *
 * <p>A resident whose K and V do not fit half of the scratchpad goes through it by heads.
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
    int inFlight = kernel.shape().group();
    Queue<Pending> pending = new ArrayDeque<>();
    for (int r = 0; r < kernel.residents().size(); r++) {
      if (tile.bytes() > 0 && tile.bytes() + tile.bytesOf(r) > room) {
        values(tile, kernel, pending, 0);
        tiles.add(tile.next());
      }
      if (tile.bytesOf(r) > room) {
        byHeads(tile, kernel, r, room, tiles);
        continue;
      }
      int query = tile.loadQuery(r);
      int keys = tile.loadKeys(r);
      int values = tile.loadValues(r);
      long cycles = cycles(kernel, r, kernel.shape().kvHeads());
      long fill = timing.firstStationary();
      int key = tile.matrix(query, keys, -1, fill, cycles, latency(cycles));
      values(tile, kernel, pending, inFlight - 1);
      pending.add(new Pending(r, values, softmax(tile, kernel, r, key, kernel.shape().heads())));
    }
    values(tile, kernel, pending, 0);
    if (tile.bytes() > 0) {
      tiles.add(tile.next());
    }
    return new NpuPlan(tiles, macs(kernel), parameters.issue());
  }

  /** Tiles of as many KV heads of one resident as fit, each with its own softmax. */
  private void byHeads(
      AttentionTile tile, Kernel.NpuAttention kernel, int resident, int room, List<NpuTile> tiles) {
    int heads = kernel.shape().kvHeads();
    int perTile = (int) (room / (tile.bytesOf(resident) / heads));
    if (perTile < 1) {
      throw new IllegalArgumentException(
          "a head's K and V of %d tokens do not fit half of the scratchpad (%d B) of npu %s"
              .formatted(kernel.residents().get(resident).sequenceTokens(), room, spec.name()));
    }
    for (int head = 0; head < heads; head += perTile) {
      int count = Math.min(perTile, heads - head);
      int query = tile.loadQuery(resident, head, count);
      int keys = tile.loadKeys(resident, head, count);
      int values = tile.loadValues(resident, head, count);
      long cycles = cycles(kernel, resident, count);
      long fill = timing.firstStationary();
      int key = tile.matrix(query, keys, -1, fill, cycles, latency(cycles));
      int softmax = softmax(tile, kernel, resident, key, count * kernel.shape().group());
      int value = tile.matrix(-1, values, softmax, 0, cycles, latency(cycles));
      tile.storeOutput(value, resident, head, count);
      tiles.add(tile.next());
    }
  }

  private int softmax(
      AttentionTile tile, Kernel.NpuAttention kernel, int resident, int key, int heads) {
    Resident request = kernel.residents().get(resident);
    long head = VectorTiming.of(spec).row(VectorOp.SOFTMAX, request.sequenceTokens());
    return tile.vector(key, head * Ceil.div(heads, spec.vectorUnits()));
  }

  /** Plans products with V, the oldest first, until no more than so many are left. */
  private void values(
      AttentionTile tile, Kernel.NpuAttention kernel, Queue<Pending> pending, int left) {
    while (pending.size() > left) {
      value(tile, kernel, pending.remove());
    }
  }

  private void value(AttentionTile tile, Kernel.NpuAttention kernel, Pending of) {
    long cycles = cycles(kernel, of.resident(), kernel.shape().kvHeads());
    int step = tile.matrix(-1, of.values(), of.softmax(), 0, cycles, latency(cycles));
    tile.storeOutput(step, of.resident());
  }

  private long cycles(Kernel.NpuAttention kernel, int resident, int kvHeads) {
    int tokens = kernel.residents().get(resident).sequenceTokens();
    long blocks =
        (long) Ceil.div(tokens, spec.matrixColumns())
            * Ceil.div(kernel.shape().headDim(), spec.matrixRows());
    return blocks * passes(spec, kvHeads, kernel.shape()) * timing.block();
  }

  /**
   * How often blocks of the cache stream past: once for each KV head, its query heads being rows of
   * one stationary block.
   */
  static long passes(NpuSpec spec, AttentionShape shape) {
    return passes(spec, shape.kvHeads(), shape);
  }

  private static long passes(NpuSpec spec, int kvHeads, AttentionShape shape) {
    return (long) kvHeads * Ceil.div(shape.group(), spec.matrixColumns());
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
