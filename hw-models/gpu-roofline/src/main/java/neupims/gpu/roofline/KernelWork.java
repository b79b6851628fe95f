// SPDX-License-Identifier: Apache-2.0
package neupims.gpu.roofline;

import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Task;

/**
 * What a kernel computes and moves: each operand crosses the memory bus once, as kernels run one
 * after the other and are not fused; of experts' weights those that have tokens. Vector operations
 * compute next to nothing.
 *
 * @param macs multiply-accumulates
 * @param readBytes inputs and KV cache
 * @param writeBytes output
 */
record KernelWork(long macs, long readBytes, long writeBytes) {
  /**
   * The work of a task.
   *
   * @throws IllegalArgumentException if it needs a PIM
   */
  static KernelWork of(Program program, Task task) {
    Kernel kernel = task.kernel();
    long inputs = task.inputs().stream().mapToLong(i -> program.tensors().get(i).bytes()).sum();
    long output = task.output() < 0 ? 0 : program.tensors().get(task.output()).bytes();
    if (kernel instanceof Kernel.Gemm gemm) {
      return new KernelWork((long) gemm.rows() * gemm.inner() * gemm.columns(), inputs, output);
    } else if (kernel instanceof Kernel.ExpertGemm product) {
      long matrix = (long) product.inner() * product.columns();
      long weights = product.experts().size() * matrix * product.weights().bytes();
      long activations = program.tensors().get(task.inputs().get(0)).bytes();
      return new KernelWork(product.rows() * matrix, activations + weights, output);
    } else if (kernel instanceof Kernel.Vector || kernel instanceof Kernel.ExpertSum) {
      return new KernelWork(0, inputs, output);
    } else if (kernel instanceof Kernel.NpuAttention attention) {
      AttentionShape shape = attention.shape();
      long tokens = attention.residents().stream().mapToLong(Resident::sequenceTokens).sum();
      long cache = 2 * tokens * shape.tokenBytes();
      int rows = attention.residents().size();
      return attention(shape, 2 * tokens * shape.width(), cache, rows, inputs, output);
    } else if (kernel instanceof Kernel.PrefillAttention prefill) {
      AttentionShape shape = prefill.shape();
      long cache = prefill.chunks().stream().mapToLong(prefill::contextBytes).sum();
      long pairs = prefill.chunks().stream().mapToLong(KernelWork::pairs).sum();
      return attention(shape, 2 * pairs * shape.width(), cache, prefill.tokens(), inputs, output);
    }
    if (kernel instanceof Kernel.KvAppend append && append.fromLink()) {
      return new KernelWork(0, 0, append.cacheBytes());
    }
    throw new IllegalArgumentException(
        "task %s: a GPU cannot run %s".formatted(task.name(), kernel.getClass().getSimpleName()));
  }

  /** The tensors are of all rows of the batch, of which these may be a part. */
  private static KernelWork attention(
      AttentionShape shape, long macs, long cache, int rows, long inputs, long output) {
    long all = output / shape.queryBytes();
    return new KernelWork(macs, cache + inputs * rows / all, output * rows / all);
  }

  /** Tokens and what each attends to: the context, those before it in the chunk, itself. */
  private static long pairs(PrefillChunk chunk) {
    long tokens = chunk.tokens();
    return tokens * chunk.contextTokens() + tokens * (tokens + 1) / 2;
  }

  long bytes() {
    return readBytes + writeBytes;
  }
}
