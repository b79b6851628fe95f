// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/** Operations of the NPU's vector units. */
public enum VectorOp {
  /** Mean and variance of a row, then scale and shift. */
  LAYER_NORM,
  /** Softmax of a row. */
  SOFTMAX,
  /** Gaussian error linear unit of every value. */
  GELU,
  /** Sum of two matrices. */
  RESIDUAL_ADD
}
