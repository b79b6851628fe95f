// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.model.Parallelism;
import neupims.api.run.StepResult;

/** A step as the machine interface wants it. */
final class StepJson {
  private StepJson() {}

  static String text(StepResult result) {
    return Json.GSON.toJson(object(result)) + System.lineSeparator();
  }

  private static Map<String, Object> object(StepResult result) {
    DeviceReport device = result.device();
    Parallelism parallelism = result.variant().shard().parallelism();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("system", result.variant().system().name());
    json.put("model", result.variant().shard().model().name());
    json.put("tp", parallelism.tensor());
    json.put("pp", parallelism.pipeline());
    json.put("requests", result.requests());
    json.put("blockCycles", device.blockCycles());
    json.put("stepCycles", result.stepCycles());
    json.put("communicationCycles", result.communicationCycles());
    json.put("stepSeconds", result.stepSeconds());
    json.put("stages", device.stageCycles());
    json.put("utilization", device.utilization());
    json.put("stalls", StallsJson.of(device.stalls()));
    json.put("traffic", device.traffic());
    json.put("commands", commands(device));
    json.put("kv", Map.of("peakFraction", result.kvPeakFraction()));
    json.put("energyJoules", result.energy().map(StepJson::energy).orElse(null));
    json.put("tasks", device.tasks());
    json.put("plugins", result.plugins());
    json.put("wallSeconds", device.wallSeconds());
    return json;
  }

  private static Map<String, Object> energy(Energy energy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("npu", energy.npuJoules());
    json.put("memory", energy.memoryJoules());
    json.put("pim", energy.pimJoules());
    json.put("total", energy.totalJoules());
    return json;
  }

  private static Map<String, Long> commands(DeviceReport device) {
    Map<String, Long> commands = new LinkedHashMap<>();
    for (Command command : Command.values()) {
      commands.put(command.name(), device.commands().getOrDefault(command, 0L));
    }
    return commands;
  }
}
