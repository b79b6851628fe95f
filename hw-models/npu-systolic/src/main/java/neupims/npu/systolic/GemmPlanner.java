// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;

/**
 * Plans matrix products. Within a tile, blocks of the arrays' size in the order rows, inner,
 * columns: a block of activations stays while the weights of its inner dimension stream past [R].
 * Operands are loaded when the order first meets them, weights before activations [R]; a result is
 * stored after the last inner block. Tensors lie in memory in blocks, in the order in which blocks
 * are met.
 */
final class GemmPlanner {
  private static final int ACTIVATIONS = 0;
  private static final int WEIGHTS = 1;

  private final NpuSpec spec;
  private final SystolicParameters parameters;
  private final ArrayTiming timing;

  /** Where a product's operands begin within their tensors, in bytes. */
  private record Place(long activations, long weights, long output) {
    static final Place START = new Place(0, 0, 0);
  }

  GemmPlanner(NpuSpec spec, SystolicParameters parameters) {
    this.spec = spec;
    this.parameters = parameters;
    timing = ArrayTiming.of(spec, parameters.exposedPreload());
  }

  NpuPlan plan(Kernel.Gemm gemm) {
    List<NpuTile> tiles = new ArrayList<>();
    addTiles(gemm, Place.START, tiles);
    return new NpuPlan(tiles, macs(gemm), parameters.issue());
  }

  /**
   * Experts one after the other in one pipeline: the next one's weights are loaded while this one
   * computes. Rows that an expert gathers are taken for neighbours in memory (ASSUMED: as many
   * bytes, in longer pieces).
   */
  NpuPlan plan(Kernel.ExpertGemm experts) {
    List<NpuTile> tiles = new ArrayList<>();
    long macs = 0;
    long row = 0;
    for (ExpertRows expert : experts.experts()) {
      Kernel.Gemm gemm =
          new Kernel.Gemm(
              expert.rows(),
              experts.inner(),
              experts.columns(),
              experts.activations(),
              experts.weights());
      long first = Math.min(row % experts.inputRows(), experts.inputRows() - expert.rows());
      int activation = experts.activations().bytes();
      long matrix = (long) experts.inner() * experts.columns() * experts.weights().bytes();
      Place place =
          new Place(
              first * experts.inner() * activation,
              expert.expert() * matrix,
              row * experts.columns() * activation);
      addTiles(gemm, place, tiles);
      macs += macs(gemm);
      row += expert.rows();
    }
    return new NpuPlan(tiles, macs, parameters.issue());
  }

  private static long macs(Kernel.Gemm gemm) {
    return (long) gemm.rows() * gemm.inner() * gemm.columns();
  }

  private void addTiles(Kernel.Gemm gemm, Place place, List<NpuTile> tiles) {
    Tiling tiling = Tiling.of(spec, gemm);
    for (int row = 0; row < gemm.rows(); row += tiling.rows()) {
      for (int column = 0; column < gemm.columns(); column += tiling.columns()) {
        for (int inner = 0; inner < gemm.inner(); inner += tiling.inner()) {
          tiles.add(tile(gemm, place, tiling, row, inner, column));
        }
      }
    }
  }

  private NpuTile tile(
      Kernel.Gemm gemm, Place place, Tiling tiling, int row0, int inner0, int column0) {
    int rowEnd = Math.min(gemm.rows(), row0 + tiling.rows());
    int innerEnd = Math.min(gemm.inner(), inner0 + tiling.inner());
    int columnEnd = Math.min(gemm.columns(), column0 + tiling.columns());
    int width = spec.matrixColumns();
    int depth = spec.matrixRows();
    int columnBlocks = Ceil.div(columnEnd - column0, width);
    int innerBlocks = Ceil.div(innerEnd - inner0, depth);
    int activation = gemm.activations().bytes();
    int weightBytes = gemm.weights().bytes();
    int[] weightLoads = new int[innerBlocks * columnBlocks];
    Arrays.fill(weightLoads, -1);

    NpuTile tile = new NpuTile();
    if (parameters.biasLoads() && inner0 == 0) {
      loadBias(tile, gemm, Ceil.div(rowEnd - row0, width));
    }
    for (int row = row0; row < rowEnd; row += width) {
      int rows = Math.min(width, rowEnd - row);
      for (int inner = inner0; inner < innerEnd; inner += depth) {
        int depths = Math.min(depth, innerEnd - inner);
        int stationary = -1;
        int weight = (inner - inner0) / depth * columnBlocks;
        for (int column = column0; column < columnEnd; column += width, weight++) {
          int columns = Math.min(width, columnEnd - column);
          if (weightLoads[weight] < 0) {
            long offset = blockOffset(gemm.columns(), inner, depths, column) * weightBytes;
            int bytes = depths * columns * weightBytes;
            weightLoads[weight] = tile.load(WEIGHTS, place.weights() + offset, bytes);
          }
          if (stationary < 0) {
            long offset = blockOffset(gemm.inner(), row, rows, inner) * activation;
            int bytes = rows * depths * activation;
            stationary = tile.load(ACTIVATIONS, place.activations() + offset, bytes);
          }
          int step = step(tile, stationary, weightLoads[weight], column == column0, columns);
          if (inner + depths == gemm.inner()) {
            long offset = blockOffset(gemm.columns(), row, rows, column) * activation;
            store(tile, step, gemm, place.output(), offset, rows, column, columns);
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

  private void store(
      NpuTile tile,
      int step,
      Kernel.Gemm gemm,
      long output,
      long offset,
      int rows,
      int column,
      int columns) {
    int value = gemm.activations().bytes();
    if (!parameters.resultIndicesSwapped()) {
      tile.store(step, output + offset, rows * columns * value);
      return;
    }
    // Columns count as rows: those under the batch size are within bounds, rows always are.
    int within = Math.max(0, Math.min(columns, gemm.rows() - column));
    long result = (long) gemm.rows() * gemm.columns() * value;
    int stored = (int) Math.min(result, (long) within * spec.matrixColumns() * value);
    if (stored > 0) {
      tile.store(step, output + Math.min(offset, result - stored), stored);
    }
  }

  /** Loads an array's width of values for each block of rows; no step waits for them. */
  private void loadBias(NpuTile tile, Kernel.Gemm gemm, int blocks) {
    int values = (int) Math.min(spec.matrixColumns(), (long) gemm.rows() * gemm.inner());
    for (int b = 0; b < blocks; b++) {
      tile.load(ACTIVATIONS, 0, values * gemm.activations().bytes());
    }
  }

  /**
   * The value at which a block begins: full bands of rows above it, then the blocks to its left.
   */
  private static long blockOffset(long matrixColumns, long row, long rows, long column) {
    return row * matrixColumns + column * rows;
  }
}
