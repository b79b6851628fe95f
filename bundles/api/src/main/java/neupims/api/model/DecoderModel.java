// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * A GPT-style decoder: the same block {@code layers} times (QKV generation, multi-head attention,
 * projection, feed-forward network).
 *
 * @param name name in the catalog, such as {@code gpt3-7b}
 * @param layers decoder blocks, at least 1
 * @param heads attention heads of a block
 * @param embedding width d_model of the residual stream in values
 * @param feedForward inner width of the feed-forward network in values
 * @param vocabulary entries of the token embedding
 * @param maxPositions longest sequence (prompt and output) in tokens
 * @param bytesPerValue bytes of a weight, an activation and a KV value (2 for FP16)
 */
public record DecoderModel(
    String name,
    int layers,
    int heads,
    int embedding,
    int feedForward,
    int vocabulary,
    int maxPositions,
    int bytesPerValue) {

  /**
   * Checks that the heads divide the embedding.
   *
   * @throws IllegalArgumentException if they do not
   */
  public DecoderModel {
    if (heads < 1 || embedding % heads != 0) {
      throw new IllegalArgumentException(
          name + ": heads (" + heads + ") must divide the embedding (" + embedding + ")");
    }
  }

  /** Values of one head's query, key or value vector. */
  public int headDim() {
    return embedding / heads;
  }

  /** Weights of one block in values: Q, K, V, projection and the two feed-forward matrices. */
  public long blockWeights() {
    return 4L * embedding * embedding + 2L * embedding * feedForward;
  }
}
