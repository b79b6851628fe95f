// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.metric.DeviceReport;
import neupims.api.model.ModelShard;

/**
 * From one device's stages to a step over all layers and pipeline devices. Devices hold consecutive
 * layers, as evenly as they divide; point-to-point time between devices is not modelled.
 */
final class Pipeline {
  private Pipeline() {}

  /** Cycles that one micro-batch takes through all layers: the sum over the pipeline's devices. */
  static long stepCycles(ModelShard shard, DeviceReport report) {
    int depth = shard.parallelism().pipeline();
    int layers = shard.model().layers();
    long cycles = 0;
    for (int device = 0; device < depth; device++) {
      int own = layers / depth + (device < layers % depth ? 1 : 0);
      cycles += report.stepCycles(own);
    }
    return cycles;
  }

  /**
   * Cycles of an iteration in which every micro-batch passes once through the pipeline, one behind
   * the other and over again. A micro-batch's next token waits for its own round trip, and the
   * order is first in, first out, so the slowest round trip sets the period; fewer micro-batches
   * than devices leave bubbles, which the same rule covers.
   */
  static long iterationCycles(ModelShard shard, List<DeviceReport> microBatches) {
    long slowest = 0;
    for (DeviceReport report : microBatches) {
      slowest = Math.max(slowest, stepCycles(shard, report));
    }
    return slowest;
  }
}
