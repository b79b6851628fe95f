// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Range, unit and meaning of every key path of a resolved experiment. */
public final class KeyTable {
  private final Map<String, Limits> limits = new LinkedHashMap<>();

  /**
   * From {@code {"path": {"min", "max", "unit", "meaning"}}}; all but the meaning may be left out.
   */
  public KeyTable(JsonObject json) {
    json.entrySet().forEach(e -> limits.put(e.getKey(), limits(e.getValue().getAsJsonObject())));
  }

  private static Limits limits(JsonObject json) {
    JsonElement min = json.get("min");
    JsonElement max = json.get("max");
    JsonElement unit = json.get("unit");
    return new Limits(
        min == null ? Limits.NONE.min() : min.getAsBigDecimal(),
        max == null ? Limits.NONE.max() : max.getAsBigDecimal(),
        unit == null ? "" : unit.getAsString(),
        json.get("meaning").getAsString());
  }

  /** What is known of a key path. */
  public Limits of(String path) {
    return limits.getOrDefault(path, Limits.NONE);
  }

  /** The key paths that something is known of. */
  public Set<String> paths() {
    return limits.keySet();
  }
}
