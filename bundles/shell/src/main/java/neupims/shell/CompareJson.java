// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import neupims.shell.compare.Comparison;
import neupims.shell.compare.Contender;
import neupims.shell.compare.Differences;
import neupims.shell.compare.Figure;

/** A comparison for machines; nothing in it depends on this machine. */
final class CompareJson {
  private CompareJson() {}

  static String text(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", 1);
    json.put("baseline", comparison.baseline().name());
    json.put("sameRequests", comparison.requestDifferences().isEmpty());
    json.put(
        "variants", comparison.contenders().stream().map(c -> variant(comparison, c)).toList());
    List<Object> rows = new ArrayList<>();
    for (Differences.Row row : comparison.differences()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (int i = 0; i < row.values().size(); i++) {
        values.put(comparison.contenders().get(i).name(), row.values().get(i));
      }
      Map<String, Object> difference = new LinkedHashMap<>();
      difference.put("key", row.key());
      difference.put("values", values);
      rows.add(difference);
    }
    json.put("differences", rows);
    return Json.GSON.toJson(json) + System.lineSeparator();
  }

  private static Map<String, Object> variant(Comparison comparison, Contender contender) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", contender.name());
    json.put("system", contender.text("system").orElse(null));
    json.put("measured", contender.text("measured").orElse(null));
    json.put("stopped", contender.text("stopped").orElse(null));
    Map<String, Object> figures = new LinkedHashMap<>();
    for (Figure figure : Figure.ALL) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("value", number(figure.of(contender)));
      values.put("differencePercent", number(figure.percent(contender, comparison.baseline())));
      figures.put(figure.path(), values);
    }
    json.put("figures", figures);
    return json;
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
