// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;

/**
 * One operation of a decoder block on one device. Matrices are row-major; all dimensions are in
 * values, whose formats the kernel names.
 *
 * <p>Operands are the inputs of the {@link Task} that carries the kernel, in the order given here.
 */
public sealed interface Kernel {
  /**
   * What runs a kernel. Of a stage's tasks those of a chain run in order, the chains side by side.
   */
  enum Chain {
    /** The NPU's matrix and vector units. */
    NPU,
    /** The PIM of the memory's channels; vector units take part. */
    PIM,
    /** Copies within the memory, through the NPU's scratchpad but none of its units. */
    COPY
  }

  /** What runs it. */
  default Chain chain() {
    return Chain.NPU;
  }

  /**
   * Matrix product on the NPU: inputs {@code rows x inner} activations and {@code inner x columns}
   * weights, output {@code rows x columns} activations.
   */
  record Gemm(int rows, int inner, int columns, DataType activations, DataType weights)
      implements Kernel {
    /** The product in FP16. */
    public Gemm(int rows, int inner, int columns) {
      this(rows, inner, columns, DataType.FP16, DataType.FP16);
    }
  }

  /**
   * Matrix products of tokens with the weights of their experts, one expert after the other.
   * Inputs: {@code inputRows x inner} activations, and the weights of all experts of the layer,
   * {@code inner x columns} each. Output: {@code rows x columns} activations, expert by expert.
   *
   * @param experts which experts get how many tokens, ascending
   * @param inputRows rows of the input: as many as all experts get together, which are then taken
   *     in order, or fewer, of which each expert gathers its own
   */
  record ExpertGemm(
      List<ExpertRows> experts,
      int inputRows,
      int inner,
      int columns,
      DataType activations,
      DataType weights)
      implements Kernel {
    public ExpertGemm {
      experts = List.copyOf(experts);
    }

    /** Rows of the output: tokens times the experts that each goes to. */
    public int rows() {
      return experts.stream().mapToInt(ExpertRows::rows).sum();
    }
  }

  /**
   * Element-wise or row-wise operation on the NPU's vector units: {@link VectorOp#inputs()} inputs
   * and the output, {@code rows x columns} each.
   */
  record Vector(VectorOp op, int rows, int columns, DataType values) implements Kernel {
    /** The operation in FP16. */
    public Vector(VectorOp op, int rows, int columns) {
      this(op, rows, columns, DataType.FP16);
    }
  }

  /**
   * Weighted sum of what a token's experts made of it, on the NPU's vector units. Input: {@code
   * rows x perToken x columns}, output {@code rows x columns}.
   */
  record ExpertSum(int rows, int perToken, int columns, DataType values) implements Kernel {}

  /**
   * Attention of a batch wholly on the NPU: K, V and the queries are read from memory, softmax is
   * on the vector units. Input: a tensor that begins with the queries, {@code residents x heads x
   * headDim} (after them a QKV product holds the new K and V); the KV cache is addressed by the
   * engine and read once for all query heads of a KV head. Output: the attention, {@code residents
   * x heads x headDim}.
   */
  record NpuAttention(List<Resident> residents, AttentionShape shape) implements Kernel {
    public NpuAttention {
      residents = List.copyOf(residents);
    }

    /** Multi-head attention in FP16. */
    public NpuAttention(List<Resident> residents, int heads, int headDim) {
      this(residents, AttentionShape.multiHead(heads, headDim));
    }
  }

  /**
   * Attention of prompt tokens wholly on the NPU: each token attends to the context of its chunk,
   * to the tokens before it in the chunk and to itself. Input: the QKV product of all rows, queries
   * first, then K and V. Output: the attention of all rows, of which this kernel writes those of
   * the chunks, {@code tokens x heads x headDim}, in their order from the first row on; others
   * write the rest. K and V of the contexts are read from the KV cache, chunk after chunk, K before
   * V.
   *
   * @param firstRow row of the first chunk's first token
   * @param rows rows of input and output
   * @param inChannels whether each context lies in its request's channel, not over all of them
   */
  record PrefillAttention(
      List<PrefillChunk> chunks, int firstRow, int rows, boolean inChannels, AttentionShape shape)
      implements Kernel {
    public PrefillAttention {
      chunks = List.copyOf(chunks);
    }

    /** Tokens of all chunks. */
    public int tokens() {
      return chunks.stream().mapToInt(PrefillChunk::tokens).sum();
    }

    /** Bytes of K and V of a chunk's context. */
    public long contextBytes(PrefillChunk chunk) {
      return 2L * chunk.contextTokens() * shape.tokenBytes();
    }
  }

  /**
   * K and V of prompt tokens to where attention reads them: into the tiles of their requests'
   * channels, where the PIM finds them; other channels take no part, so a prompt's go no faster
   * than one channel writes. They come from the device's own QKV product, or over a link from
   * devices that prefilled; those are all there, and go over all channels ({@link
   * PrefillChunk#NO_CHANNEL}) where there is no PIM. Input: the QKV product of all rows, as for
   * {@link PrefillAttention}; none from a link. No output: the KV cache is addressed by the engine.
   *
   * @param chunks from the product those whose requests have a channel, others being in the rows as
   *     well
   * @param firstRows row of each chunk's first token; empty from a link
   * @param rows rows of the input, 0 from a link
   */
  record KvAppend(
      List<PrefillChunk> chunks, List<Integer> firstRows, int rows, AttentionShape shape)
      implements Kernel {
    public KvAppend {
      chunks = List.copyOf(chunks);
      firstRows = List.copyOf(firstRows);
    }

    /** K and V that have come over a link. */
    public static KvAppend received(List<PrefillChunk> chunks, AttentionShape shape) {
      return new KvAppend(chunks, List.of(), 0, shape);
    }

    /** Whether they have come over a link. */
    public boolean fromLink() {
      return rows == 0;
    }

    /** Bytes of K and V of all chunks in the KV cache. */
    public long cacheBytes() {
      return 2L * shape.tokenBytes() * chunks.stream().mapToLong(PrefillChunk::tokens).sum();
    }

    /** Bytes of K, or of V, of a token in the product. */
    public int productBytes() {
      return shape.kvHeads() * shape.headDim() * shape.activations().bytes();
    }

    /** Byte of the product at which K (matrix 0) or V (1) of a chunk begins. */
    public long productOffset(int chunk, int matrix) {
      long before = (long) matrix * rows + firstRows.get(chunk);
      return (long) rows * shape.queryBytes() + before * productBytes();
    }

    @Override
    public Chain chain() {
      return Chain.COPY;
    }
  }

  /**
   * K q of every resident in its channel's PIM, each followed by a softmax on the NPU's vector
   * units that overlaps with the other residents' products. Input: a tensor that begins with the
   * queries, as for {@link NpuAttention}. No output: the softmax stays in the NPU and in the PIM's
   * vector buffers. Ends when the last softmax is done.
   */
  record PimLogitSoftmax(List<Resident> residents, AttentionShape shape) implements Kernel {
    public PimLogitSoftmax {
      residents = List.copyOf(residents);
    }

    /** Multi-head attention in FP16. */
    public PimLogitSoftmax(List<Resident> residents, int heads, int headDim) {
      this(residents, AttentionShape.multiHead(heads, headDim));
    }

    @Override
    public Chain chain() {
      return Chain.PIM;
    }
  }

  /**
   * V applied to the softmax of every resident in its channel's PIM. No inputs: it follows the
   * {@link PimLogitSoftmax} of the same residents. Output: the attention, {@code residents x heads
   * x headDim}.
   */
  record PimAttend(List<Resident> residents, AttentionShape shape) implements Kernel {
    public PimAttend {
      residents = List.copyOf(residents);
    }

    /** Multi-head attention in FP16. */
    public PimAttend(List<Resident> residents, int heads, int headDim) {
      this(residents, AttentionShape.multiHead(heads, headDim));
    }

    @Override
    public Chain chain() {
      return Chain.PIM;
    }
  }
}
