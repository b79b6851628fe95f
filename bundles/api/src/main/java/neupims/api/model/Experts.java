// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * A feed-forward network of experts: a router sends every token to a few of them. The model's first
 * layers may have a plain network instead, {@link DecoderModel#feedForward()} wide.
 *
 * @param count experts of a layer, at least 1
 * @param perToken experts that a token goes to
 * @param feedForward inner width of one expert in values
 * @param shared inner width of what every token goes through besides, 0 for nothing
 * @param sharedGate whether a gate of the model's width scales the shared part
 * @param routing how tokens are spread, no router being computed
 * @param denseLayers first layers that have no experts
 */
public record Experts(
    int count,
    int perToken,
    int feedForward,
    int shared,
    boolean sharedGate,
    Routing routing,
    int denseLayers) {

  /** Experts in every layer. */
  public Experts(
      int count, int perToken, int feedForward, int shared, boolean sharedGate, Routing routing) {
    this(count, perToken, feedForward, shared, sharedGate, routing, 0);
  }

  /** Which experts a token goes to. */
  public enum Routing {
    /** To any of them with equal chances, drawn for every token and layer. */
    UNIFORM,
    /** Every expert gets the same number of tokens, give or take one. */
    BALANCED
  }

  /**
   * Checks that a token finds as many experts as it goes to.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public Experts {
    if (perToken < 1 || perToken > count) {
      throw new IllegalArgumentException(
          "a token cannot go to %d of %d experts".formatted(perToken, count));
    }
  }
}
