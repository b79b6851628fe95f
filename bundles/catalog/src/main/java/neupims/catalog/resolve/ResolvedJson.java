// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import java.util.List;
import java.util.TreeMap;
import neupims.api.run.Swap;
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
    if (!resolution.swaps().isEmpty()) {
      json.add(SwapKeys.KEY, swaps(resolution.swaps()));
    }
    return json;
  }

  /** An experiment with other swaps, a list for each variant. */
  static String withSwaps(String experiment, List<List<Swap>> swaps) {
    JsonObject json = JsonParser.parseString(experiment).getAsJsonObject();
    JsonArray variants = json.getAsJsonArray("variants");
    for (int i = 0; i < swaps.size(); i++) {
      JsonObject set = variants.get(i).getAsJsonObject().getAsJsonObject("set");
      set.remove(SwapKeys.KEY);
      if (!swaps.get(i).isEmpty()) {
        set.add(SwapKeys.KEY, swaps(swaps.get(i)));
      }
    }
    return GSON.toJson(json);
  }

  private static JsonArray swaps(List<Swap> swaps) {
    JsonArray array = new JsonArray();
    swaps.forEach(swap -> array.add(swap(swap)));
    return array;
  }

  private static JsonObject swap(Swap swap) {
    JsonObject json = new JsonObject();
    swap.at().iteration().ifPresent(n -> json.addProperty("atIteration", n));
    swap.at().seconds().ifPresent(s -> json.addProperty("atSeconds", s));
    if (swap.at().calls() > 0) {
      json.addProperty("afterCalls", swap.at().calls());
    }
    String kind = swap.to().kind().word();
    boolean kept = swap.what().equals(Swap.KEPT);
    json.addProperty(kept ? SwapKeys.KEPT : kind, (kept ? kind + " " : "") + swap.to().name());
    new TreeMap<>(swap.to().parameters().values())
        .forEach((name, value) -> add(json, kind + "Parameters." + name, value));
    swap.to().version().ifPresent(version -> json.addProperty("version", version));
    if (!swap.what().equals(Swap.SWAP) && !kept) {
      json.addProperty("what", swap.what());
    }
    if (!swap.why().isEmpty()) {
      json.addProperty("why", swap.why());
    }
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
