// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Utilization;
import neupims.api.run.IterationRecord;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.engine.energy.EnergyModel;

/** What a variant's run adds up to. */
final class RunTally {
  private final Variant variant;
  private final Wiring wiring;
  private final long startNanos = System.nanoTime();
  private final List<IterationRecord> steps = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private long completed;
  private long linesSkipped;
  private double maxOverMeanSum;
  private double kvPeak;

  RunTally(Variant variant, Wiring wiring) {
    this.variant = variant;
    this.wiring = wiring;
    EnergyModel.missing(variant.system().npu(), variant.system().memory()).ifPresent(warnings::add);
  }

  int measured() {
    return steps.size();
  }

  void completed() {
    completed++;
  }

  void skipped(long lines) {
    linesSkipped = lines;
  }

  void warn(String line) {
    warnings.add(line);
  }

  void measured(IterationRecord step, double channelMaxOverMean, double kvFraction) {
    steps.add(step);
    maxOverMeanSum += channelMaxOverMean;
    kvPeak = Math.max(kvPeak, kvFraction);
  }

  VariantResult result(String stopped, String failure) {
    long cycles = steps.stream().mapToLong(IterationRecord::stepCycles).sum();
    long requests = steps.stream().mapToLong(IterationRecord::requests).sum();
    long sequenceTokens = steps.stream().mapToLong(IterationRecord::sequenceTokens).sum();
    if (steps.isEmpty() && stopped.equals("completed")) {
      warn("the run ended before its first measured iteration: nothing was simulated");
    }
    if (kvPeak > 1) {
      warn(
          String.format(
              Locale.ROOT,
              "the batch over-commits the KV cache: the fullest channel needs %.2f times its"
                  + " capacity",
              kvPeak));
    }
    return new VariantResult(
        variant,
        steps.size(),
        completed,
        requests,
        variant.system().memory().clock().seconds(cycles),
        perStep(
            steps.stream()
                .flatMap(s -> s.devices().stream())
                .mapToLong(DeviceReport::blockCycles)
                .sum()),
        utilization(),
        Pipeline.sum(steps.stream().map(IterationRecord::energy).toList()),
        kvPeak,
        perStep(maxOverMeanSum),
        requests == 0 ? 0 : sequenceTokens / (double) requests,
        linesSkipped,
        steps,
        warnings,
        wiring.infos(),
        (System.nanoTime() - startNanos) / 1e9,
        stopped,
        failure);
  }

  private double perStep(double sum) {
    return steps.isEmpty() ? 0 : sum / steps.size();
  }

  /** Weighted by the cycles of the blocks, so that it is the utilisation over all of them. */
  private Utilization utilization() {
    double cycles = 0;
    double npu = 0;
    double pim = 0;
    double bandwidth = 0;
    for (IterationRecord step : steps) {
      for (DeviceReport device : step.devices()) {
        cycles += device.blockCycles();
        npu += device.utilization().npu() * device.blockCycles();
        pim += device.utilization().pim() * device.blockCycles();
        bandwidth += device.utilization().bandwidth() * device.blockCycles();
      }
    }
    return cycles == 0
        ? new Utilization(0, 0, 0)
        : new Utilization(npu / cycles, pim / cycles, bandwidth / cycles);
  }
}
