// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * Decoder blocks that follow each other.
 *
 * @param all how many
 * @param dense the first ones of them that have a plain feed-forward network in a model whose
 *     others have experts; 0 where all are alike
 */
public record Layers(int all, int dense) {
  /** Blocks that are all of one kind. */
  public static Layers alike(int all) {
    return new Layers(all, 0);
  }

  /** Those after the dense ones: all where there are none. */
  public int others() {
    return all - dense;
  }
}
