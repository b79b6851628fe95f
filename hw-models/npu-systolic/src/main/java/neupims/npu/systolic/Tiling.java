// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuSpec;
import neupims.api.program.Kernel;

/**
 * How a matrix product is cut: the largest dimension is halved until activations, weights and
 * results of a tile fit half of the scratchpad (the other half is being filled), results also half
 * of the accumulators [R]. Dimensions are multiples of the arrays' width, but for the last tile's.
 *
 * @param rows rows of activations of a tile
 * @param inner inner dimension of a tile
 * @param columns columns of weights of a tile
 */
record Tiling(int rows, int inner, int columns) {
  /**
   * The tiles of a product. Of equal dimensions columns go first, then inner: neither cuts the
   * batch.
   *
   * @throws IllegalArgumentException if not even one block of the arrays fits
   */
  static Tiling of(NpuSpec spec, Kernel.Gemm gemm) {
    int width = spec.matrixColumns();
    int depth = spec.matrixRows();
    int rows = Ceil.div(gemm.rows(), width) * width;
    int inner = Ceil.div(gemm.inner(), depth) * depth;
    int columns = Ceil.div(gemm.columns(), width) * width;
    while (!fits(spec, gemm, rows, inner, columns)) {
      if (rows <= width && inner <= depth && columns <= width) {
        throw new IllegalArgumentException(
            "a %d x %d x %d block does not fit half of the scratchpad (%d B) of npu %s"
                .formatted(rows, inner, columns, spec.scratchpadBytes() / 2, spec.name()));
      }
      if (columns >= inner && columns >= rows) {
        columns = half(columns, width);
      } else if (inner >= rows) {
        inner = half(inner, depth);
      } else {
        rows = half(rows, width);
      }
    }
    return new Tiling(rows, inner, columns);
  }

  private static boolean fits(NpuSpec spec, Kernel.Gemm gemm, long rows, long inner, long columns) {
    long results = rows * columns * gemm.activations().bytes();
    long operands =
        rows * inner * gemm.activations().bytes() + inner * columns * gemm.weights().bytes();
    return operands + results <= spec.scratchpadBytes() / 2
        && results <= spec.accumulatorBytes() / 2;
  }

  private static int half(int dimension, int width) {
    return Math.max(width, Ceil.div(dimension, 2 * width) * width);
  }
}
