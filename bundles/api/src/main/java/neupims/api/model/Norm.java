// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/** How rows of the residual stream are normalised. */
public enum Norm {
  /** Layer normalisation: mean and variance, scale and shift. */
  LAYER(2),
  /** Root mean square only: a scale and no shift (Zhang and Sennrich, 2019). */
  RMS(1);

  private final int vectors;

  Norm(int vectors) {
    this.vectors = vectors;
  }

  /** Parameters of a normalisation, in vectors of the model's width. */
  public int vectors() {
    return vectors;
  }
}
