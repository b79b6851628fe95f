// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

import java.util.Optional;

/**
 * A decoder: the same block {@code layers} times (QKV generation, attention, projection,
 * feed-forward network).
 *
 * @param name name in the catalog, such as {@code gpt3-7b}
 * @param family what kind of model, for readers, such as {@code llama}
 * @param layers decoder blocks, at least 1
 * @param heads query heads of a block
 * @param kvHeads heads of K and V that the query heads share; 0 stands for as many as heads
 * @param headDim values of one head's query, key or value vector; 0 stands for embedding / heads
 * @param embedding width d_model of the residual stream in values
 * @param feedForward inner width of the feed-forward network in values, 0 when experts take its
 *     place in every layer
 * @param vocabulary entries of the token embedding
 * @param maxPositions longest sequence (prompt and output) in tokens
 * @param window tokens that attention reaches back over and the KV cache keeps, 0 for all
 * @param block what blocks of the same sizes differ in
 * @param embeddings tables before the first block and after the last
 * @param experts what takes the feed-forward network's place, empty in a dense model
 * @param precision formats of values
 */
public record DecoderModel(
    String name,
    String family,
    int layers,
    int heads,
    int kvHeads,
    int headDim,
    int embedding,
    int feedForward,
    int vocabulary,
    int maxPositions,
    int window,
    BlockForm block,
    Embeddings embeddings,
    Optional<Experts> experts,
    Precision precision) {

  /**
   * Puts the values that zeros stand for and checks that they fit each other.
   *
   * @throws IllegalArgumentException if heads do not divide the embedding or share KV heads
   *     unevenly, or there is no feed-forward network or two
   */
  public DecoderModel {
    if (headDim == 0) {
      if (heads < 1 || embedding % heads != 0) {
        throw new IllegalArgumentException(
            name + ": heads (" + heads + ") must divide the embedding (" + embedding + ")");
      }
      headDim = embedding / heads;
    }
    kvHeads = kvHeads == 0 ? heads : kvHeads;
    if (heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          "%s: KV heads (%d) must divide the heads (%d)".formatted(name, kvHeads, heads));
    }
    int dense = experts.map(Experts::denseLayers).orElse(0);
    if (feedForward > 0 != (experts.isEmpty() || dense > 0)) {
      throw new IllegalArgumentException(name + ": " + mismatch(feedForward, dense));
    }
    if (dense < 0 || dense > 0 && dense >= layers) {
      throw new IllegalArgumentException(
          "%s: %d dense layers leave none with experts, there are %d"
              .formatted(name, dense, layers));
    }
  }

  private static String mismatch(int feedForward, int dense) {
    if (dense > 0) {
      return dense + " dense layers (experts.denseLayers) need the width of theirs (feedForward)";
    }
    return "a block has either a feed-forward network or experts, "
        + (feedForward > 0
            ? "not both; experts.denseLayers says how many layers have no experts"
            : "here it has neither");
  }

  /** First layers that have a feed-forward network while the others have experts, else 0. */
  public int denseLayers() {
    return experts.map(Experts::denseLayers).orElse(0);
  }

  /** A GPT-style model in FP16: a KV head for every query head, learned positions, GELU. */
  public static DecoderModel gpt(
      String name,
      int layers,
      int heads,
      int embedding,
      int feedForward,
      int vocabulary,
      int maxPositions) {
    return new DecoderModel(
        name,
        "gpt3",
        layers,
        heads,
        heads,
        0,
        embedding,
        feedForward,
        vocabulary,
        maxPositions,
        0,
        BlockForm.GPT,
        new Embeddings(maxPositions, true),
        Optional.empty(),
        Precision.of(DataType.FP16));
  }

  /** Tokens of a sequence of this length that attention reads and the KV cache keeps. */
  public int keptTokens(int sequenceTokens) {
    return window == 0 ? sequenceTokens : Math.min(window, sequenceTokens);
  }

  /** Bytes that a token's K and V take in all layers, without what pages leave empty. */
  public long kvBytesPerToken() {
    return 2L * layers * kvHeads * headDim * precision.kv().bytes();
  }

  /** Parameters of all kinds: matrices, biases, normalisations, tables. */
  public long parameters() {
    return ParameterCount.all(this);
  }

  /** Parameters that one token meets: all but those of the experts that it does not go to. */
  public long activeParameters() {
    return ParameterCount.active(this);
  }

  /** Bytes of all parameters. */
  public long weightBytes() {
    return parameters() * precision.weights().bytes();
  }
}
