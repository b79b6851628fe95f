// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/** Operations of the NPU's vector units. */
public enum VectorOp {
  /** Mean and variance of a row, then scale and shift. */
  LAYER_NORM(1),
  /** Root mean square of a row, then scale. */
  RMS_NORM(1),
  /** Softmax of a row. */
  SOFTMAX(1),
  /** Gaussian error linear unit of every value. */
  GELU(1),
  /** Rectified linear unit of every value. */
  RELU(1),
  /** SiLU of the first matrix times the second. */
  SWIGLU(2),
  /** Sum of two matrices. */
  RESIDUAL_ADD(2);

  private final int inputs;

  VectorOp(int inputs) {
    this.inputs = inputs;
  }

  /** Matrices that it reads. */
  public int inputs() {
    return inputs;
  }
}
