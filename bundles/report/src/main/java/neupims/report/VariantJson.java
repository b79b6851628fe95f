// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.run.IterationRecord;
import neupims.api.run.VariantResult;

/** A variant's result as the machine interface wants it. */
final class VariantJson {
  private VariantJson() {}

  static Map<String, Object> of(VariantResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.variant().name());
    json.put("system", result.variant().system().name());
    json.put("iterations", result.iterations());
    json.put("requestsCompleted", result.requestsCompleted());
    json.put("tokensGenerated", result.tokensGenerated());
    json.put("simulatedSeconds", result.simulatedSeconds());
    json.put("tokensPerSecond", result.tokensPerSecond());
    json.put("meanBlockCycles", result.meanBlockCycles());
    json.put("meanSequenceTokens", result.meanSequenceTokens());
    json.put("utilization", result.utilization());
    json.put("measured", result.mode().name().toLowerCase(Locale.ROOT));
    json.put("fidelity", fidelity(result));
    ServingJson.put(json, result);
    json.put("energyJoules", result.energy().map(VariantJson::energy).orElse(null));
    json.put("joulesPerToken", joulesPerToken(result));
    json.put("channelLoad", Map.of("maxOverMean", result.channelMaxOverMean()));
    json.put("workload", Map.of("linesSkipped", result.linesSkipped()));
    json.put("steps", result.steps().stream().map(VariantJson::step).toList());
    json.put("events", result.events());
    json.put("warnings", result.warnings());
    json.put("wallSeconds", result.wallSeconds());
    json.put("stopped", result.stopped());
    json.put("failure", result.failure());
    return json;
  }

  private static Map<String, Object> fidelity(VariantResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", result.fidelity().isPresent() ? "fast" : "exact");
    result
        .fidelity()
        .ifPresent(
            fit -> {
              json.put("fitSamples", fit.fitSamples());
              json.put("heldOut", fit.heldOut());
              Map<String, Object> error = new LinkedHashMap<>();
              error.put("mean", fit.meanErrorPercent());
              error.put("max", fit.maxErrorPercent());
              error.put("bias", fit.biasPercent());
              json.put("errorPercent", error);
              json.put("exactPrograms", fit.exactPrograms());
            });
    return json;
  }

  private static Double joulesPerToken(VariantResult result) {
    OptionalDouble joules = result.joulesPerToken();
    return joules.isPresent() ? joules.getAsDouble() : null;
  }

  private static Map<String, Object> energy(Energy energy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("npu", energy.npuJoules());
    json.put("memory", energy.memoryJoules());
    json.put("pim", energy.pimJoules());
    json.put("total", energy.totalJoules());
    return json;
  }

  private static Map<String, Object> step(IterationRecord step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("iteration", step.iteration());
    json.put("requests", step.requests());
    json.put("sequenceTokens", step.sequenceTokens());
    json.put("stepCycles", step.stepCycles());
    json.put("energyJoules", step.energy().map(VariantJson::energy).orElse(null));
    json.put("microBatches", step.devices().stream().map(VariantJson::device).toList());
    return json;
  }

  private static Map<String, Object> device(DeviceReport device) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("blockCycles", device.blockCycles());
    json.put("stages", device.stageCycles());
    json.put("utilization", device.utilization());
    json.put("traffic", device.traffic());
    json.put("wallSeconds", device.wallSeconds());
    return json;
  }
}
