// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * One layer's attention on one device. Query heads share KV heads in groups of {@link #group()}: as
 * many heads of both is multi-head attention, one KV head is multi-query attention.
 *
 * @param heads query heads
 * @param kvHeads heads of K and V
 * @param headDim values of a head
 * @param activations format of queries and attention
 * @param kv format of K and V, and of the operands of GEMVs on them
 */
public record AttentionShape(
    int heads, int kvHeads, int headDim, DataType activations, DataType kv) {
  /**
   * Checks that the groups are of one size.
   *
   * @throws IllegalArgumentException if they are not
   */
  public AttentionShape {
    if (kvHeads < 1 || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "%d heads cannot share %d KV heads evenly".formatted(heads, kvHeads));
    }
  }

  /** Multi-head attention in FP16. */
  public static AttentionShape multiHead(int heads, int headDim) {
    return new AttentionShape(heads, heads, headDim, DataType.FP16, DataType.FP16);
  }

  /** Query heads of a KV head. */
  public int group() {
    return heads / kvHeads;
  }

  /** Values of the queries, or of the attention, of a token. */
  public int width() {
    return heads * headDim;
  }

  /** Bytes of the queries, or of the attention, of a token. */
  public int queryBytes() {
    return width() * activations.bytes();
  }

  /** Bytes of K, or of V, of a token. */
  public int tokenBytes() {
    return kvHeads * headDim * kv.bytes();
  }
}
