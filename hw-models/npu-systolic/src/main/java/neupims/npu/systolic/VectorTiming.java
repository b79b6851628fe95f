// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuSpec;
import neupims.api.program.VectorOp;

/**
 * Cycles that one vector unit takes for one row [R]: a vector pass takes a value per lane and
 * cycle; an adder-tree pass the same and the depth of the tree (ASSUMED pipelined, one level a
 * cycle).
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
      case SOFTMAX -> 2 * treePass(values) + 3 * pass(values);
      case GELU, RESIDUAL_ADD -> pass(values);
    };
  }

  private long pass(long values) {
    return Ceil.div(values, (long) lanes);
  }

  private long treePass(long values) {
    return pass(values) + (Integer.SIZE - Integer.numberOfLeadingZeros(lanes - 1));
  }
}
