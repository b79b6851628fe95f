// SPDX-License-Identifier: Apache-2.0
package neupims.shell.compare;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import neupims.api.unit.InputException;

/**
 * A variant of a finished run, as its {@code result.json} has it.
 *
 * @param name unique among those compared
 * @param settings resolved values by key path, and the versions of the plug-ins that took part
 * @param result what it gave
 */
public record Contender(String name, Map<String, String> settings, JsonObject result) {
  private static final String PLUGIN = "plugin.";

  /**
   * The variants of a result.
   *
   * @param json content of a {@code result.json}
   * @param where its file, for messages
   * @throws InputException if it is not a result of this version
   */
  public static List<Contender> of(JsonObject json, String where) {
    JsonArray results = array(json, "variants", where);
    JsonElement experiment = json.get("experiment");
    if (experiment == null || !experiment.isJsonObject()) {
      throw refuse(where, "experiment: missing");
    }
    JsonArray resolved = array(experiment.getAsJsonObject(), "variants", where);
    if (resolved.size() != results.size()) {
      throw refuse(
          where,
          "%d variants of the experiment have %d results"
              .formatted(resolved.size(), results.size()));
    }
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      String at = "variants[" + i + "]";
      JsonObject result = object(results.get(i), where, at);
      JsonObject set = object(object(resolved.get(i), where, at).get("set"), where, at + ".set");
      if (!(result.get("name") instanceof JsonPrimitive name) || !name.isString()) {
        throw refuse(where, at + ".name: missing");
      }
      Map<String, String> settings = new LinkedHashMap<>();
      flatten(set, "", settings);
      versions(json.get("plugins"), settings);
      contenders.add(new Contender(name.getAsString(), settings, result));
    }
    return contenders;
  }

  /**
   * The variants of an experiment that has not run yet.
   *
   * @param resolved the experiment as JSON
   */
  public static List<Contender> planned(JsonObject resolved) {
    List<Contender> contenders = new ArrayList<>();
    for (JsonElement element : resolved.getAsJsonArray("variants")) {
      JsonObject variant = element.getAsJsonObject();
      Map<String, String> settings = new LinkedHashMap<>();
      flatten(variant.getAsJsonObject("set"), "", settings);
      contenders.add(new Contender(variant.get("name").getAsString(), settings, new JsonObject()));
    }
    return contenders;
  }

  /** The same under another name. */
  Contender called(String other) {
    return new Contender(other, settings, result);
  }

  /** A number of the result by its path; empty where there is none. */
  OptionalDouble number(String path) {
    JsonElement at = result;
    for (String word : path.split("\\.")) {
      at = at instanceof JsonObject object ? object.get(word) : null;
    }
    return at instanceof JsonPrimitive value && value.isNumber()
        ? OptionalDouble.of(value.getAsDouble())
        : OptionalDouble.empty();
  }

  /** A text of the result, empty where there is none. */
  public Optional<String> text(String key) {
    return result.get(key) instanceof JsonPrimitive text
        ? Optional.of(text.getAsString())
        : Optional.empty();
  }

  private static void flatten(JsonObject object, String prefix, Map<String, String> into) {
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      if (entry.getValue() instanceof JsonObject inner) {
        flatten(inner, prefix + entry.getKey() + ".", into);
      } else {
        JsonElement value = entry.getValue();
        into.put(
            prefix + entry.getKey(),
            value instanceof JsonPrimitive plain ? plain.getAsString() : value.toString());
      }
    }
  }

  /** Versions matter where two runs used one plug-in: they are settings nobody wrote down. */
  private static void versions(JsonElement plugins, Map<String, String> into) {
    if (plugins instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject plugin
            && plugin.get("kind") instanceof JsonPrimitive kind
            && plugin.get("name") instanceof JsonPrimitive name
            && plugin.get("version") instanceof JsonPrimitive version) {
          into.put(PLUGIN + kind.getAsString() + "." + name.getAsString(), version.getAsString());
        }
      }
    }
  }

  /** Whether a key is the version of a plug-in, which only counts where both have it. */
  static boolean isVersion(String key) {
    return key.startsWith(PLUGIN);
  }

  private static JsonArray array(JsonObject json, String key, String where) {
    if (json.get(key) instanceof JsonArray array && !array.isEmpty()) {
      return array;
    }
    throw refuse(where, key + ": missing");
  }

  private static JsonObject object(JsonElement element, String where, String at) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw refuse(where, at + ": not an object");
  }

  private static InputException refuse(String where, String why) {
    return new InputException(where + ": " + why + "; expected a result.json of ./neupims run");
  }
}
