// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuSpec;

/**
 * Cycles of the arrays, which act as one pipe [R]: all hold the same stationary block of {@code
 * rows x columns} activations, each takes its share of the streamed weights.
 *
 * @param block cycles to stream a full block of weights: columns / arrays, 16 for NeuPIMs
 * @param latency from the first weight of a block in to its last result out: block + rows + columns
 *     - 2, 270 for NeuPIMs
 * @param nextStationary from the start of a stationary block's last streamed block to the start of
 *     the next one's first
 * @param firstStationary from the activations being there to the start, nothing hiding it
 */
record ArrayTiming(long block, long latency, long nextStationary, long firstStationary) {
  /** From the arrays' dimensions; the numbers in the comments are those of NeuPIMs' NPU. */
  static ArrayTiming of(NpuSpec spec, boolean exposedPreload) {
    long rows = spec.matrixRows();
    long columns = spec.matrixColumns();
    long block = Ceil.div(columns, (long) spec.matrixUnits());
    long skew = rows + columns - 1; // 255: the last value of a block of rows to the far corner
    long latency = block + rows + columns - 2;
    return exposedPreload
        ? new ArrayTiming(block, latency, skew + block, rows) // 271 and 128 [R]
        : new ArrayTiming(block, latency, rows, skew); // 128 and 255 [R]
  }

  /** Cycles to stream a block of fewer columns. */
  static long partBlock(NpuSpec spec, int columns) {
    return Ceil.div(columns, spec.matrixUnits());
  }
}
