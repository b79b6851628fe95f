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
 * @param mode how it was measured, never {@link MeasureSpec.Mode#AUTO}
 * @param iterations iterations measured: snapshots, or those in the window
 * @param requestsCompleted requests that finished, warm-up included
 * @param tokensGenerated output tokens emitted by those iterations and, in the window, by separate
 *     prefill
 * @param simulatedSeconds time of the snapshots, or from the window's opening to its closing
 * @param meanBlockCycles mean block cycles over those iterations
 * @param utilization mean over those iterations, weighted by their time; serving: over the window,
 *     idle time included
 * @param energy of those iterations, on all tensor- and pipeline-parallel devices; empty when the
 *     hardware does not say what it draws, or nothing was simulated
 * @param kvPeakFraction highest share of the fullest channel's KV capacity
 * @param channelMaxOverMean mean over those iterations of the highest channel's estimated PIM load
 *     over the mean channel's
 * @param meanSequenceTokens mean KV length of the decoding requests
 * @param linesSkipped bad lines of the workload's file that were left out, as was asked for
 * @param steps one per snapshot, in order; none of a serving run
 * @param serving what only a serving run can say
 * @param fidelity how far the device can be trusted; empty when it was simulated command by command
 * @param events what happened out of the ordinary, in order
 * @param swaps those that the experiment asked for and those that came from outside, in a form that
 *     brings the same events about when run again
 * @param warnings what the user should know, a line each
 * @param plugins the plug-ins that took part
 * @param wallSeconds time the run took on this machine
 * @param stopped {@code completed}, {@code interrupted} or {@code failed}
 * @param failure why it failed, or null
 */
public record VariantResult(
    Variant variant,
    MeasureSpec.Mode mode,
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
    Optional<ServingResult> serving,
    Optional<FidelityReport> fidelity,
    List<RunEvent> events,
    List<Swap> swaps,
    List<String> warnings,
    List<PluginInfo> plugins,
    double wallSeconds,
    String stopped,
    String failure) {
  public VariantResult {
    steps = List.copyOf(steps);
    events = List.copyOf(events);
    swaps = List.copyOf(swaps);
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
