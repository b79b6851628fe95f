// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;

/**
 * Plans matrix products. Within a tile, blocks of the arrays' size in the order rows, inner,
 * columns: a block of activations stays while the weights of its inner dimension stream past [R].
 * Operands are loaded when the order first meets them; a result is stored after the last inner
 * block. Tensors lie in memory in blocks, in the order in which blocks are met.
 */
final class GemmPlanner {
  private static final int ACTIVATIONS = 0;
  private static final int WEIGHTS = 1;

  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final ArrayTiming timing;

  GemmPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = ArrayTiming.of(spec, parameters.exposedPreload());
  }

  NpuPlan plan(Kernel.Gemm gemm) {
    Tiling tiling = Tiling.of(spec, gemm, parameters.valueBytes());
    List<NpuTile> tiles = new ArrayList<>();
    for (int row = 0; row < gemm.rows(); row += tiling.rows()) {
      for (int column = 0; column < gemm.columns(); column += tiling.columns()) {
        for (int inner = 0; inner < gemm.inner(); inner += tiling.inner()) {
          tiles.add(tile(gemm, tiling, row, inner, column));
        }
      }
    }
    long macs = (long) gemm.rows() * gemm.inner() * gemm.columns();
    return new NpuPlan(tiles, macs, parameters.issue());
  }

  private NpuTile tile(Kernel.Gemm gemm, Tiling tiling, int row0, int inner0, int column0) {
    int rowEnd = Math.min(gemm.rows(), row0 + tiling.rows());
    int innerEnd = Math.min(gemm.inner(), inner0 + tiling.inner());
    int columnEnd = Math.min(gemm.columns(), column0 + tiling.columns());
    int width = spec.matrixColumns();
    int depth = spec.matrixRows();
    int columnBlocks = Ceil.div(columnEnd - column0, width);
    int innerBlocks = Ceil.div(innerEnd - inner0, depth);
    int[] weightLoads = new int[innerBlocks * columnBlocks];
    Arrays.fill(weightLoads, -1);

    NpuTile tile = new NpuTile();
    for (int row = row0; row < rowEnd; row += width) {
      int rows = Math.min(width, rowEnd - row);
      for (int inner = inner0; inner < innerEnd; inner += depth) {
        int depths = Math.min(depth, innerEnd - inner);
        int stationary = load(tile, ACTIVATIONS, gemm.inner(), row, rows, inner, depths);
        int weight = (inner - inner0) / depth * columnBlocks;
        for (int column = column0; column < columnEnd; column += width, weight++) {
          int columns = Math.min(width, columnEnd - column);
          if (weightLoads[weight] < 0) {
            weightLoads[weight] =
                load(tile, WEIGHTS, gemm.columns(), inner, depths, column, columns);
          }
          int step = step(tile, stationary, weightLoads[weight], column == column0, columns);
          if (inner + depths == gemm.inner()) {
            long offset = blockOffset(gemm.columns(), row, rows, column);
            tile.store(step, offset, bytes(rows, columns) / parameters.resultShareWritten());
          }
        }
      }
    }
    return tile;
  }

  private int step(NpuTile tile, int stationary, int weight, boolean first, int columns) {
    long block = ArrayTiming.partBlock(spec, columns);
    long setup = first ? timing.nextStationary() - timing.block() : 0;
    long fill = first ? timing.firstStationary() : 0;
    long latency = timing.latency() - timing.block() + block;
    return tile.step(NpuTile.Unit.MATRIX, stationary, weight, -1, setup, fill, block, latency);
  }

  /** Loads a block of a matrix that is {@code matrixColumns} wide. */
  private int load(
      NpuTile tile, int operand, int matrixColumns, int row, int rows, int column, int columns) {
    long offset = blockOffset(matrixColumns, row, rows, column);
    return tile.load(operand, offset, bytes(rows, columns));
  }

  /** Where a block begins: full bands of rows above it, then the blocks to its left. */
  private long blockOffset(long matrixColumns, long row, long rows, long column) {
    return (row * matrixColumns + column * rows) * parameters.valueBytes();
  }

  private int bytes(int rows, int columns) {
    return rows * columns * parameters.valueBytes();
  }
}
