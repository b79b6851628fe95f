// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.VectorOp;

/** The KV heads of a prompt's chunk: where their operands lie and how much work each is. */
final class PrefillHeads {
  private static final int QKV = 0;

  private final NpuSpec spec;
  private final Kernel.PrefillAttention kernel;
  private final PrefillChunk chunk;
  private final int row;
  private final long context;

  /**
   * The heads of a chunk.
   *
   * @param row of its first token
   * @param context byte at which its context begins in the kernel's KV cache
   */
  PrefillHeads(
      NpuSpec spec, Kernel.PrefillAttention kernel, PrefillChunk chunk, int row, long context) {
    this.spec = spec;
    this.kernel = kernel;
    this.chunk = chunk;
    this.row = row;
    this.context = context;
  }

  /** KV heads. */
  int count() {
    return kernel.shape().kvHeads();
  }

  /** Bytes of a head's operands and results. */
  long bytes() {
    return 2L * queryBytes() + 2L * ownBytes() + kernel.contextBytes(chunk) / count();
  }

  int loadQueries(NpuTile tile, int head) {
    return tile.load(QKV, queryOffset(head), queryBytes());
  }

  /** Loads K (matrix 0) or V (1) of a head's context; -1 when there is none. */
  int loadContext(NpuTile tile, int head, int matrix) {
    if (chunk.contextTokens() == 0) {
      return -1;
    }
    long half = kernel.contextBytes(chunk) / 2;
    long share = half / count();
    long offset = context + matrix * half + head * share;
    return tile.load(NpuTile.KV_CACHE, offset, Math.toIntExact(share));
  }

  /** Loads K (matrix 0) or V (1) of a head's own tokens. */
  int loadOwn(NpuTile tile, int head, int matrix) {
    long queries = (long) kernel.rows() * kernel.shape().queryBytes();
    long token = (long) ownTokenBytes() * count();
    long begin = queries + (matrix * (long) kernel.rows() + row) * token;
    return tile.load(QKV, begin + (long) head * ownBytes(), ownBytes());
  }

  void storeOutput(NpuTile tile, int step, int head) {
    tile.store(step, queryOffset(head), queryBytes());
  }

  private long queryOffset(int head) {
    return (long) row * kernel.shape().queryBytes() + (long) head * queryBytes();
  }

  private int queryBytes() {
    return chunk.tokens() * (kernel.shape().queryBytes() / count());
  }

  private int ownBytes() {
    return chunk.tokens() * ownTokenBytes();
  }

  /** A head's K, or V, of a token as the QKV product leaves it. */
  private int ownTokenBytes() {
    return kernel.shape().headDim() * kernel.shape().activations().bytes();
  }

  /** Blocks of the arrays that one product takes. */
  long blocks() {
    long blocks = 0;
    for (int begin = 0; begin < rows(); begin += spec.matrixColumns()) {
      blocks += Ceil.div(attended(begin), spec.matrixColumns());
    }
    return blocks * Ceil.div(kernel.shape().headDim(), spec.matrixRows());
  }

  /** Rows are dealt to the vector units; those of a block are as long as its last. */
  long softmaxCycles() {
    VectorTiming vector = VectorTiming.of(spec);
    long cycles = 0;
    for (int begin = 0; begin < rows(); begin += spec.matrixColumns()) {
      int count = Math.min(spec.matrixColumns(), rows() - begin);
      long each = vector.row(VectorOp.SOFTMAX, attended(begin));
      cycles += each * Ceil.div(count, spec.vectorUnits());
    }
    return cycles;
  }

  private int rows() {
    return chunk.tokens() * kernel.shape().group();
  }

  /** Tokens that the last row of a block attends to. */
  private int attended(int begin) {
    int tokens = Ceil.div(begin + spec.matrixColumns(), kernel.shape().group());
    return chunk.contextTokens() + Math.min(chunk.tokens(), tokens);
  }
}
