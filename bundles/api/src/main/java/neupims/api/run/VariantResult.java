// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import neupims.api.metric.Energy;
import neupims.api.metric.Utilization;

/**
 * What a variant's run gave.
 *
 * @param variant what was simulated
 * @param iterations iterations simulated on the device
 * @param requestsCompleted requests that finished, warm-up included
 * @param tokensGenerated tokens of the iterations simulated on the device
 * @param simulatedSeconds time of those iterations
 * @param meanBlockCycles mean block cycles over those iterations
 * @param utilization mean over those iterations, weighted by block cycles
 * @param energy of those iterations, on all tensor- and pipeline-parallel devices; empty when the
 *     hardware does not say what it draws, or nothing was simulated
 * @param kvPeakFraction highest share of the fullest channel's KV capacity
 * @param channelMaxOverMean mean over those iterations of the highest channel's estimated PIM load
 *     over the mean channel's
 * @param meanSequenceTokens mean KV length of the resident requests
 * @param linesSkipped bad lines of the workload's file that were left out, as was asked for
 * @param steps one per iteration simulated, in order
 * @param warnings what the user should know, a line each
 * @param plugins the plug-ins that took part
 * @param wallSeconds time the run took on this machine
 * @param stopped {@code completed}, {@code interrupted} or {@code failed}
 * @param failure why it failed, or null
 */
public record VariantResult(
    Variant variant,
    long iterations,
    long requestsCompleted,
    long tokensGenerated,
    double simulatedSeconds,
    double meanBlockCycles,
    Utilization utilization,
    Optional<Energy> energy,
    double kvPeakFraction,
    double channelMaxOverMean,
    double meanSequenceTokens,
    long linesSkipped,
    List<IterationRecord> steps,
    List<String> warnings,
    List<PluginInfo> plugins,
    double wallSeconds,
    String stopped,
    String failure) {
  public VariantResult {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
    plugins = List.copyOf(plugins);
  }

  /** Generated tokens per simulated second; 0 when nothing was simulated. */
  public double tokensPerSecond() {
    return simulatedSeconds > 0 ? tokensGenerated / simulatedSeconds : 0;
  }

  /** Energy of all devices over generated tokens; empty when either is not there. */
  public OptionalDouble joulesPerToken() {
    return energy.isPresent() && tokensGenerated > 0
        ? OptionalDouble.of(energy.get().totalJoules() / tokensGenerated)
        : OptionalDouble.empty();
  }
}
