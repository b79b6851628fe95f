// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DeviceDiff.CommandPart;

/** Where two variants part, for machines. */
final class DiffJson {
  private DiffJson() {}

  static String text(DeviceDiff diff, List<String> names) {
    Map<String, Object> json = new LinkedHashMap<>();
    boolean same = diff.program().isEmpty() && diff.inTime().isEmpty();
    json.put("same", same);
    json.put("iteration", diff.iteration());
    json.put("iterationsCompared", diff.iterations());
    json.put("program", diff.program().orElse(null));
    json.put("firstInTime", part(diff.inTime()));
    json.put("firstInOrder", part(diff.inOrder()));
    List<Object> variants = new ArrayList<>();
    variants.add(variant(names.get(0), diff.first()));
    variants.add(variant(names.get(1), diff.second()));
    json.put("variants", variants);
    return Json.GSON.toJson(json) + System.lineSeparator();
  }

  private static Map<String, Object> part(Optional<CommandPart> part) {
    if (part.isEmpty()) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sameBefore", part.get().same());
    json.put("first", part.get().first().orElse(null));
    json.put("second", part.get().second().orElse(null));
    json.put("firstTasks", part.get().firstTasks());
    json.put("secondTasks", part.get().secondTasks());
    return json;
  }

  private static Map<String, Object> variant(String name, DeviceReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("blockCycles", report.blockCycles());
    json.put("stages", report.stageCycles());
    json.put("commands", report.commands());
    json.put("stalls", StallsJson.of(report.stalls()));
    return json;
  }
}
