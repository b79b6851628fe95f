// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * A feature that is not modelled, by the key of a config.json that asks for it:
 *
 * <pre>
 * {"when": {"key": value}, "key": "name", "allowed": [false], "because": "..."}
 * {"key": "name", "same": "other key", ...}      the two must be equal
 * {"key": "name", "uniform": ["word"], ...}      an array of one of these words only
 * </pre>
 *
 * A key that is missing or null asks for nothing.
 */
record ConfigLimit(JsonObject json) {

  /**
   * Checks a file.
   *
   * @throws neupims.api.unit.InputException if it asks for the feature
   */
  void check(ConfigKeys config) {
    String key = json.get("key").getAsString();
    Optional<JsonElement> value = config.get(key);
    boolean asked = !json.has("when") || config.match(json.getAsJsonObject("when"));
    if (asked && value.isPresent() && !allows(value.get(), config)) {
      throw config
          .leaf(key, value.get())
          .refuse(config.leaf(key, value.get()).shown() + ": " + json.get("because").getAsString());
    }
  }

  private boolean allows(JsonElement value, ConfigKeys config) {
    if (json.has("same")) {
      return config.get(json.get("same").getAsString()).equals(Optional.of(value));
    }
    if (json.has("uniform")) {
      boolean words = value instanceof JsonArray;
      JsonArray array = words ? value.getAsJsonArray() : new JsonArray();
      return words
          && array.asList().stream().distinct().count() <= 1
          && (array.isEmpty() || json.getAsJsonArray("uniform").contains(array.get(0)));
    }
    return json.getAsJsonArray("allowed").contains(value);
  }
}
