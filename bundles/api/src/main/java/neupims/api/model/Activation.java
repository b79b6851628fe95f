// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/** What stands between the matrices of a feed-forward network. */
public enum Activation {
  /** Gaussian error linear unit; two matrices. */
  GELU(2),
  /** Rectified linear unit; two matrices. */
  RELU(2),
  /** SiLU of a gate times a linear part; three matrices (Shazeer, GLU Variants, 2020). */
  SWIGLU(3);

  private final int matrices;

  Activation(int matrices) {
    this.matrices = matrices;
  }

  /** Matrices of the feed-forward network, each model width by inner width. */
  public int matrices() {
    return matrices;
  }

  /** Whether a gate is multiplied in. */
  public boolean gated() {
    return matrices == 3;
  }
}
