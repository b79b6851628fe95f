// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import neupims.catalog.schema.Key;
import neupims.catalog.schema.Schema;
import neupims.catalog.value.Values;

/**
 * Who gave each value, in few lines: a key path with an origin stands for all below it but those
 * that have a line of their own.
 */
final class Origins {
  private final Map<String, String> byPath = new LinkedHashMap<>();
  private final Schema schema;
  private final JsonObject lines = new JsonObject();

  private Origins(Values values, Schema schema) {
    this.schema = schema;
    for (Key key : schema.keys()) {
      values.get(key.path()).ifPresent(leaf -> byPath.put(key.path(), leaf.origin().where()));
    }
  }

  /** The lines, in the order of the schema. */
  static JsonObject of(Values values, Schema schema) {
    Origins origins = new Origins(values, schema);
    origins.inside("", "");
    return origins.lines;
  }

  private void inside(String prefix, String inherited) {
    for (String word : schema.under(prefix)) {
      String path = prefix + word;
      String origin = mostCommon(path);
      if (origin != null) {
        if (!origin.equals(inherited)) {
          lines.addProperty(path, origin);
        }
        inside(path + ".", origin);
      }
    }
  }

  /**
   * The origin of most values at and below a path, the first of equals; null when there is none.
   */
  private String mostCommon(String path) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    byPath.forEach(
        (p, where) -> {
          if (p.equals(path) || p.startsWith(path + ".")) {
            counts.merge(where, 1, Integer::sum);
          }
        });
    String most = null;
    for (String where : List.copyOf(counts.keySet())) {
      if (most == null || counts.get(where) > counts.get(most)) {
        most = where;
      }
    }
    return most;
  }
}
