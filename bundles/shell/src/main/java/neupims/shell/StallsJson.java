// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;

/** What the units did, in cycles by cause: the NPU, each channel's bus and PIM, and their means. */
final class StallsJson {
  private StallsJson() {}

  static Map<String, Object> of(Stalls stalls) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("npu", stalls.npu());
    json.put("bus", channels(stalls.bus()));
    json.put("pim", channels(stalls.pim()));
    return json;
  }

  private static Map<String, Object> channels(List<UnitCycles> units) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", mean(UnitCycles.sum(units), Math.max(1, units.size())));
    json.put("channels", units);
    return json;
  }

  private static Map<String, Double> mean(UnitCycles sum, double units) {
    Map<String, Double> json = new LinkedHashMap<>();
    json.put("computing", sum.computing() / units);
    json.put("memory", sum.memory() / units);
    json.put("otherUnit", sum.otherUnit() / units);
    json.put("refresh", sum.refresh() / units);
    json.put("barrier", sum.barrier() / units);
    json.put("empty", sum.empty() / units);
    return json;
  }
}
