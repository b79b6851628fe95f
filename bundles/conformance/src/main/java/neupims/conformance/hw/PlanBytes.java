// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/** The bytes that a plan loads and stores, against what its kernel says. */
final class PlanBytes {
  private PlanBytes() {}

  /** Demands that the output is stored once; scores of a softmax are another property. */
  static void stores(NpuPlan plan, Kernel kernel) {
    if (kernel instanceof Kernel.PimLogitSoftmax) {
      return;
    }
    Covered output = new Covered("stored of " + NpuProperties.shown(kernel));
    for (NpuTile tile : plan.tiles()) {
      for (int slot = 0; slot < tile.stores(); slot++) {
        output.add(tile.storeOffset(slot), tile.storeBytes(slot));
      }
    }
    long first = 0;
    if (kernel instanceof Kernel.PrefillAttention k) {
      first = (long) k.firstRow() * k.shape().queryBytes();
    }
    output.requireOnce(first, first + outputBytes(kernel));
  }

  private static long outputBytes(Kernel kernel) {
    if (kernel instanceof Kernel.Gemm k) {
      return (long) k.rows() * k.columns() * k.activations().bytes();
    } else if (kernel instanceof Kernel.ExpertGemm k) {
      return (long) k.rows() * k.columns() * k.activations().bytes();
    } else if (kernel instanceof Kernel.Vector k) {
      return (long) k.rows() * k.columns() * k.values().bytes();
    } else if (kernel instanceof Kernel.ExpertSum k) {
      return (long) k.rows() * k.columns() * k.values().bytes();
    } else if (kernel instanceof Kernel.NpuAttention k) {
      return (long) k.residents().size() * k.shape().queryBytes();
    } else if (kernel instanceof Kernel.PrefillAttention k) {
      return (long) k.tokens() * k.shape().queryBytes();
    }
    throw new IllegalArgumentException(kernel.toString());
  }

  /** Demands that all of the inputs is loaded, as often as the tiling takes. */
  static void loads(NpuPlan plan, Kernel kernel) {
    if (kernel instanceof Kernel.Gemm k) {
      all(plan, kernel, 0, (long) k.rows() * k.inner() * k.activations().bytes());
      all(plan, kernel, 1, (long) k.inner() * k.columns() * k.weights().bytes());
    } else if (kernel instanceof Kernel.ExpertGemm k) {
      all(plan, kernel, 0, (long) k.inputRows() * k.inner() * k.activations().bytes());
      long matrix = (long) k.inner() * k.columns() * k.weights().bytes();
      for (ExpertRows expert : k.experts()) {
        part(plan, kernel, 1, expert.expert() * matrix, (expert.expert() + 1) * matrix);
      }
    } else if (kernel instanceof Kernel.Vector k) {
      long bytes = (long) k.rows() * k.columns() * k.values().bytes();
      for (int operand = 0; operand < k.op().inputs(); operand++) {
        all(plan, kernel, operand, bytes);
      }
    } else if (kernel instanceof Kernel.ExpertSum k) {
      all(plan, kernel, 0, (long) k.rows() * k.perToken() * k.columns() * k.values().bytes());
    } else if (kernel instanceof Kernel.NpuAttention k) {
      all(plan, kernel, 0, (long) k.residents().size() * k.shape().queryBytes());
      long tokens = k.residents().stream().mapToLong(Resident::sequenceTokens).sum();
      all(plan, kernel, NpuTile.KV_CACHE, 2 * tokens * k.shape().tokenBytes());
    } else if (kernel instanceof Kernel.PrefillAttention k) {
      long first = (long) k.firstRow() * k.shape().queryBytes();
      part(plan, kernel, 0, first, first + (long) k.tokens() * k.shape().queryBytes());
      long context = 0;
      for (PrefillChunk chunk : k.chunks()) {
        context += k.contextBytes(chunk);
      }
      all(plan, kernel, NpuTile.KV_CACHE, context);
    }
  }

  private static void all(NpuPlan plan, Kernel kernel, int operand, long bytes) {
    loaded(plan, kernel, operand, 0, Long.MAX_VALUE).requireAll(0, bytes);
  }

  /** Demands that a part is loaded, whatever else is. */
  private static void part(NpuPlan plan, Kernel kernel, int operand, long from, long to) {
    loaded(plan, kernel, operand, from, to).requireAll(from, to);
  }

  private static Covered loaded(NpuPlan plan, Kernel kernel, int operand, long from, long to) {
    String name = operand == NpuTile.KV_CACHE ? "KV cache" : "input " + operand;
    Covered covered = new Covered(name + " of " + NpuProperties.shown(kernel));
    for (NpuTile tile : plan.tiles()) {
      for (int slot = 0; slot < tile.loads(); slot++) {
        long first = Math.max(from, tile.loadOffset(slot));
        long last = Math.min(to, tile.loadOffset(slot) + tile.loadBytes(slot));
        if (tile.loadOperand(slot) == operand && first < last) {
          covered.add(first, last - first);
        }
      }
    }
    return covered;
  }
}
