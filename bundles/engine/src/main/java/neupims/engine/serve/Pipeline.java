// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.model.ModelShard;

/**
 * From one device's stages to a step over all layers and pipeline devices, which hand a
 * micro-batch's activations on. The tokens that go back to the first are so few bytes that their
 * way is left out.
 */
final class Pipeline {
  private Pipeline() {}

  /**
   * Cycles that one micro-batch takes through all layers: the sum over the pipeline's devices, and
   * the hops between them.
   */
  static long stepCycles(ModelShard shard, DeviceReport report) {
    int depth = shard.parallelism().pipeline();
    long cycles = (depth - 1) * report.hopCycles();
    for (int device = 0; device < depth; device++) {
      cycles += report.stepCycles(shard.layers(device));
    }
    return cycles;
  }

  /** Of them, what communication makes the step longer: sums that nothing hides, and hops. */
  static long communicationCycles(ModelShard shard, DeviceReport report) {
    int depth = shard.parallelism().pipeline();
    long cycles = (depth - 1) * report.hopCycles();
    for (int device = 0; device < depth; device++) {
      cycles += report.communicationCycles(shard.layers(device));
    }
    return cycles;
  }

  /**
   * Energy of one micro-batch's way through all layers: the sum over the pipeline's devices, each
   * of which is as many as the tensor-parallel degree, doing the same. What a device draws while it
   * waits for a micro-batch is not in it; empty when the hardware does not say what it draws.
   */
  static Optional<Energy> stepEnergy(ModelShard shard, DeviceReport report) {
    int depth = shard.parallelism().pipeline();
    Energy sum = Energy.NONE;
    for (int device = 0; device < depth; device++) {
      Optional<Energy> own = report.stepEnergy(shard.layers(device));
      if (own.isEmpty()) {
        return own;
      }
      sum = sum.plus(own.get());
    }
    return Optional.of(sum.times(shard.parallelism().tensor()));
  }

  /** Energy of an iteration: that of all micro-batches. */
  static Optional<Energy> iterationEnergy(ModelShard shard, List<DeviceReport> microBatches) {
    return sum(microBatches.stream().map(r -> stepEnergy(shard, r)).toList());
  }

  /** The sum, empty when one is not known or there is none. */
  static Optional<Energy> sum(List<Optional<Energy>> parts) {
    boolean known = !parts.isEmpty() && parts.stream().allMatch(Optional::isPresent);
    return known
        ? Optional.of(parts.stream().map(Optional::get).reduce(Energy.NONE, Energy::plus))
        : Optional.empty();
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
