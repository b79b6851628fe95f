// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;

/**
 * One decode iteration of a resident batch.
 *
 * @param variant what was simulated
 * @param requests requests in the batch
 * @param device what the device did
 * @param stepCycles cycles of the step over all layers and pipeline stages, memory cycles
 * @param communicationCycles of them, what communication between devices makes the step longer
 * @param stepSeconds the same in seconds
 * @param energy of the step over all layers, on all tensor- and pipeline-parallel devices; empty
 *     when the hardware does not say what it draws
 * @param kvPeakFraction KV cache in use / capacity, of the fullest channel; over 1 when
 *     over-committed
 * @param warnings what the user should know, a line each
 * @param plugins the plug-ins that took part
 */
public record StepResult(
    Variant variant,
    int requests,
    DeviceReport device,
    long stepCycles,
    long communicationCycles,
    double stepSeconds,
    Optional<Energy> energy,
    double kvPeakFraction,
    List<String> warnings,
    List<PluginInfo> plugins) {
  public StepResult {
    warnings = List.copyOf(warnings);
    plugins = List.copyOf(plugins);
  }
}
