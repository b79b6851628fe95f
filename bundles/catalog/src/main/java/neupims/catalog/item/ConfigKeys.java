// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;

/**
 * The keys of a config.json.
 *
 * @param json the file's object
 * @param origin the file
 */
record ConfigKeys(JsonObject json, Origin origin) {

  /** The value at a key path, empty when it is missing or null. */
  Optional<JsonElement> get(String path) {
    JsonElement at = json;
    for (String key : path.split("\\.")) {
      at = at instanceof JsonObject object ? object.get(key) : null;
    }
    return Optional.ofNullable(at).filter(element -> !element.isJsonNull());
  }

  /** Whether all keys have these values; one that is missing has none. */
  boolean match(JsonObject values) {
    for (Map.Entry<String, JsonElement> wanted : values.entrySet()) {
      if (!get(wanted.getKey()).equals(Optional.of(wanted.getValue()))) {
        return false;
      }
    }
    return true;
  }

  /** A value as messages and records want it. */
  Leaf leaf(String path, JsonElement value) {
    Leaf.Kind kind = Leaf.Kind.OTHER;
    String text = value.toString();
    if (value instanceof JsonPrimitive primitive) {
      text = primitive.getAsString();
      kind =
          primitive.isString()
              ? Leaf.Kind.STRING
              : primitive.isNumber() ? Leaf.Kind.NUMBER : Leaf.Kind.BOOLEAN;
    }
    return new Leaf(kind, text, path, origin);
  }
}
