// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * What decoder blocks of the same sizes differ in.
 *
 * @param activation between the matrices of the feed-forward network
 * @param norm how inputs are normalised
 * @param norms normalisations of a block: 1 (attention and feed-forward network share it, only when
 *     parallel) or 2
 * @param parallel whether attention and feed-forward network read the same input and are added
 *     together (Falcon) instead of following each other
 * @param qkvBias whether Q, K and V have a bias
 * @param projectionBias whether the attention's projection has one
 * @param feedForwardBias whether the feed-forward network's matrices have one
 */
public record BlockForm(
    Activation activation,
    Norm norm,
    int norms,
    boolean parallel,
    boolean qkvBias,
    boolean projectionBias,
    boolean feedForwardBias) {
  /** GPT's: layer normalisation before each half, GELU, a bias everywhere. */
  public static final BlockForm GPT =
      new BlockForm(Activation.GELU, Norm.LAYER, 2, false, true, true, true);

  /**
   * Checks that what follows each other is normalised each.
   *
   * @throws IllegalArgumentException if it is not
   */
  public BlockForm {
    if (norms != 2 && !(norms == 1 && parallel)) {
      throw new IllegalArgumentException(
          "a block has 2 normalisations, or 1 when attention and feed-forward network are parallel,"
              + " not "
              + norms);
    }
  }
}
