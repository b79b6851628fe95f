// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuSpec;
import neupims.api.program.VectorOp;

/**
 * Cycles that one vector unit takes for one row [R]: a vector pass takes a value per lane and
 * cycle; an adder-tree pass the same and the depth of the tree (ASSUMED pipelined, one level a
 * cycle).
 *
 * <p>Operations that the reference does not have are counted as it counts its own (ASSUMED): RMS
 * norm is layer norm without mean and shift (square, scale twice; one tree; two scalar operations
 * instead of three), RELU a pass as GELU is, SwiGLU a pass for the SiLU and one for the product, a
 * weighted sum of n rows n passes for the products and n - 1 for the sums.
 *
 * @param lanes lanes of a unit
 */
record VectorTiming(int lanes) {
  static VectorTiming of(NpuSpec spec) {
    return new VectorTiming(spec.vectorLanes());
  }

  /** Cycles for a row of {@code values}. */
  long row(VectorOp op, long values) {
    return switch (op) {
      case LAYER_NORM -> 2 * treePass(values) + 5 * pass(values) + 3;
      case RMS_NORM -> treePass(values) + 3 * pass(values) + 2;
      case SOFTMAX -> 2 * treePass(values) + 3 * pass(values);
      case GELU, RELU, RESIDUAL_ADD -> pass(values);
      case SWIGLU -> 2 * pass(values);
    };
  }

  /** Cycles for the weighted sum of {@code parts} rows. */
  long weightedSum(int parts, long values) {
    return (2L * parts - 1) * pass(values);
  }

  private long pass(long values) {
    return Ceil.div(values, (long) lanes);
  }

  private long treePass(long values) {
    return pass(values) + (Integer.SIZE - Integer.numberOfLeadingZeros(lanes - 1));
  }
}
