// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;

/**
 * One operation of a decoder block on one device. Matrices are row-major; all dimensions are in
 * values.
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
   * Attention of a batch wholly on the NPU: K, V and the queries are read from memory, softmax is
   * on the vector units. Input: a tensor that begins with the queries, {@code residents x heads x
   * headDim} (after them a QKV product holds the new K and V); the KV cache is addressed by the
   * engine. Output: the attention, {@code residents x heads x headDim}.
   */
  record NpuAttention(List<Resident> residents, int heads, int headDim) implements Kernel {
    public NpuAttention {
      residents = List.copyOf(residents);
    }
  }

  /**
   * K q of every resident in its channel's PIM, each followed by a softmax on the NPU's vector
   * units that overlaps with the other residents' products. Input: a tensor that begins with the
   * queries, as for {@link NpuAttention}. No output: the softmax stays in the NPU and in the PIM's
   * vector buffers. Ends when the last softmax is done.
   */
  record PimLogitSoftmax(List<Resident> residents, int heads, int headDim) implements Kernel {
    public PimLogitSoftmax {
      residents = List.copyOf(residents);
    }
  }

  /**
   * V applied to the softmax of every resident in its channel's PIM. No inputs: it follows the
   * {@link PimLogitSoftmax} of the same residents. Output: the attention, {@code residents x heads
   * x headDim}.
   */
  record PimAttend(List<Resident> residents, int heads, int headDim) implements Kernel {
    public PimAttend {
      residents = List.copyOf(residents);
    }
  }
}
