// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.Utilization;
import neupims.api.model.ModelShard;

/** Sums over iterations that were simulated on the device. */
final class DeviceTally {
  private final ModelShard shard;
  private long iterations;
  private long cycles;
  private long decodes;
  private long requests;
  private long sequenceTokens;
  private long blockCycles;
  private double maxOverMean;
  private boolean energyKnown = true;
  private Energy energy = Energy.NONE;
  private final double[] byBlock = new double[3];
  private final double[] byStep = new double[3];

  DeviceTally(ModelShard shard) {
    this.shard = shard;
  }

  void add(IterationWork work, long stepCycles, List<DeviceReport> devices, double channelRatio) {
    iterations++;
    cycles += stepCycles;
    decodes += work.decodes.size();
    requests += work.sequences.size();
    sequenceTokens += work.sequenceTokens;
    maxOverMean += channelRatio;
    add(Pipeline.iterationEnergy(shard, devices));
    for (DeviceReport device : devices) {
      blockCycles += device.blockCycles();
      add(byBlock, device.utilization(), device.blockCycles());
      add(byStep, device.utilization(), Pipeline.stepCycles(shard, device));
    }
  }

  /** Energy of work beside the iterations. */
  void add(Optional<Energy> joules) {
    energyKnown &= joules.isPresent();
    energy = joules.map(energy::plus).orElse(energy);
  }

  private static void add(double[] sums, Utilization of, double weight) {
    sums[0] += of.npu() * weight;
    sums[1] += of.pim() * weight;
    sums[2] += of.bandwidth() * weight;
  }

  long iterations() {
    return iterations;
  }

  long cycles() {
    return cycles;
  }

  double meanBatch() {
    return perIteration(requests);
  }

  double meanBlockCycles() {
    return perIteration(blockCycles);
  }

  double meanMaxOverMean() {
    return perIteration(maxOverMean);
  }

  double meanSequenceTokens() {
    return decodes == 0 ? 0 : sequenceTokens / (double) decodes;
  }

  /** Of all iterations; empty when it is not known or there is none. */
  Optional<Energy> energy() {
    return energyKnown && iterations > 0 ? Optional.of(energy) : Optional.empty();
  }

  /** Over the blocks, each micro-batch's weighted by its cycles. */
  Utilization ofBlocks() {
    return divided(byBlock, blockCycles);
  }

  /**
   * Over a time that includes idle time and bubbles: a micro-batch keeps each of the pipeline's
   * devices busy for its share of the step.
   */
  Utilization over(double totalCycles) {
    return divided(byStep, totalCycles * shard.parallelism().pipeline());
  }

  private static Utilization divided(double[] sums, double by) {
    return by == 0
        ? new Utilization(0, 0, 0)
        : new Utilization(sums[0] / by, sums[1] / by, sums[2] / by);
  }

  private double perIteration(double sum) {
    return iterations == 0 ? 0 : sum / iterations;
  }
}
