// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.util.List;
import neupims.catalog.schema.Key;

/**
 * Resolved values as JSON, keys in the order of the schema; an experiment file can hold it as it
 * is.
 */
final class ResolvedJson {
  private static final Gson GSON =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  private ResolvedJson() {}

  /** One variant: its values as the experiment file of that variant alone. */
  static String variant(String name, Resolution resolution) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    values(resolution).entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
    json.add("origins", Origins.of(resolution.values(), resolution.schema()));
    return GSON.toJson(json);
  }

  /** A variant as an element of an experiment's {@code variants}. */
  static JsonObject element(String name, Resolution resolution) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.add("set", values(resolution));
    json.add("origins", Origins.of(resolution.values(), resolution.schema()));
    return json;
  }

  /** A whole experiment. */
  static String experiment(String name, long seed, List<JsonObject> variants) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("seed", seed);
    JsonArray array = new JsonArray();
    variants.forEach(array::add);
    json.add("variants", array);
    return GSON.toJson(json);
  }

  /** The values of a variant, keys in the order of the schema. */
  static JsonObject values(Resolution resolution) {
    JsonObject json = new JsonObject();
    for (Key key : resolution.schema().keys()) {
      resolution.values().get(key.path()).ifPresent(leaf -> add(json, key.path(), key.value(leaf)));
    }
    resolution.reference().forEach((name, on) -> add(json, "reference." + name, on));
    return json;
  }

  private static void add(JsonObject root, String path, Object value) {
    JsonObject object = root;
    String[] words = path.split("\\.");
    for (int i = 0; i < words.length - 1; i++) {
      JsonElement inner = object.get(words[i]);
      if (inner == null) {
        inner = new JsonObject();
        object.add(words[i], inner);
      }
      object = inner.getAsJsonObject();
    }
    object.add(words[words.length - 1], primitive(value));
  }

  private static JsonPrimitive primitive(Object value) {
    if (value instanceof Number number) {
      return new JsonPrimitive(number);
    }
    return value instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive(value.toString());
  }
}
