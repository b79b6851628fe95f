// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;

/**
 * One operation of a decoder block on one device. Matrices are row-major; all dimensions are in values.
 *
 * <p>Operands are the inputs of the {@link Task} that carries the kernel, in the order given here.
 */
public sealed interface Kernel {

  /**
   * Matrix product on the NPU: inputs {@code rows x inner} activations and {@code inner x columns}
   * weights, output {@code rows x columns}.
   */
  record Gemm(int rows, int inner, int columns) implements Kernel {}

  /**
   * Element-wise or row-wise operation on the NPU's vector units: input(s) and output {@code rows x
   * columns}. {@link VectorOp#RESIDUAL_ADD} has two inputs, the others one.
   */
  record Vector(VectorOp op, int rows, int columns) implements Kernel {}

  /**
   * Attention of a batch wholly on the NPU: K, V and the queries are read from memory, softmax is on the
   * vector units. Inputs: the queries, {@code residents x heads x headDim}; the KV cache is addressed by
   * the engine. Output: the attention of the same shape.
   */
  record NpuAttention(List<Resident> residents, int heads, int headDim) implements Kernel {
    public NpuAttention {
      residents = List.copyOf(residents);
    }
  }

  /**
   * K q of every resident in its channel's PIM, each followed by a softmax on the NPU's vector units that
   * overlaps with the other residents' products. Input: the queries. Ends when the last softmax is done.
   */
  record PimLogitSoftmax(List<Resident> residents, int heads, int headDim) implements Kernel {
    public PimLogitSoftmax {
      residents = List.copyOf(residents);
    }
  }

  /** V applied to the softmax of every resident in its channel's PIM. Output: the attention. */
  record PimAttend(List<Resident> residents, int heads, int headDim) implements Kernel {
    public PimAttend {
      residents = List.copyOf(residents);
    }
  }
}
