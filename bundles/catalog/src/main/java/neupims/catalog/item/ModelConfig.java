// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * Reads the config.json that comes with a published model (Hugging Face Transformers) as it is.
 * What its keys mean is a table by {@code model_type}: families.json of the catalog, where a family
 * may be a change of another. Keys that no table knows are read over: they say nothing of shapes.
 */
final class ModelConfig {
  private static final String TABLE = "families.json";
  private static final String TYPE = "model_type";
  private static final Origin ORIGIN = Origin.of("catalog/" + TABLE);

  private final JsonObject common;
  private final JsonObject families;
  private final JsonObject unsupported;
  private final Set<String> keys = new LinkedHashSet<>(List.of(TYPE, "architectures"));

  ModelConfig() {
    JsonObject table = CatalogFiles.own(TABLE);
    common = table.getAsJsonObject("common");
    families = table.getAsJsonObject("families");
    unsupported = table.getAsJsonObject("unsupported");
    families.keySet().forEach(f -> rules(f).values().forEach(this::addKeys));
  }

  private void addKeys(List<ConfigRule> rules) {
    rules.forEach(rule -> keys.addAll(rule.from()));
  }

  /** Whether a file has a key of a config.json, which no model file of the catalog's form has. */
  boolean is(JsonObject json) {
    return json.keySet().stream().anyMatch(keys::contains);
  }

  /**
   * The values of a file, by key path of a resolved experiment.
   *
   * @throws InputException if its family is not known, or it lacks a key or asks for what is not
   *     modelled
   */
  Values read(JsonObject json, Origin origin) {
    ConfigKeys config = new ConfigKeys(json, origin);
    Leaf type = type(config);
    limits(common).forEach(limit -> limit.check(config));
    for (String family : chain(type.text())) {
      limits(families.getAsJsonObject(family)).forEach(limit -> limit.check(config));
    }
    String prefix = Item.prefix(CatalogKind.MODEL);
    Values values = new Values();
    values.put(prefix + "family", type);
    rules(type.text())
        .forEach((path, rules) -> values.put(prefix + path, value(path, rules, config, type)));
    return values;
  }

  private Leaf type(ConfigKeys config) {
    String known = String.join(", ", families.keySet());
    JsonElement given =
        config
            .get(TYPE)
            .orElseThrow(
                () ->
                    new InputException(
                        config.origin().where() + ": " + TYPE + ": missing; known: " + known));
    Leaf type = config.leaf(TYPE, given);
    if (type.isText() && unsupported.has(type.text())) {
      String why = unsupported.get(type.text()).getAsString();
      throw type.refuse(type.shown() + ": " + why + "; known: " + known);
    }
    if (!type.isText() || !families.has(type.text())) {
      throw type.refuse(
          type.shown()
              + " is not a known family of models; known: "
              + known
              + NearestName.hint(type.text(), families.keySet()));
    }
    return type;
  }

  private static Leaf value(String path, List<ConfigRule> rules, ConfigKeys config, Leaf type) {
    for (ConfigRule rule : rules) {
      Optional<Leaf> value = rule.value(config);
      if (value.isPresent()) {
        return value.get();
      }
    }
    String keys = String.join(" or ", rules.get(rules.size() - 1).from());
    throw new InputException(
        "%s: %s: missing; family %s needs it for model.%s"
            .formatted(config.origin().where(), keys, type.text(), path));
  }

  /** A family after those that it is a change of. */
  private List<String> chain(String family) {
    List<String> chain = new ArrayList<>();
    String at = family;
    while (at != null) {
      chain.add(0, at);
      JsonElement base = families.getAsJsonObject(at).get("base");
      at = base == null ? null : base.getAsString();
    }
    return chain;
  }

  private Map<String, List<ConfigRule>> rules(String family) {
    Map<String, List<ConfigRule>> rules = new LinkedHashMap<>();
    put(common, rules);
    chain(family).forEach(f -> put(families.getAsJsonObject(f), rules));
    return rules;
  }

  private static void put(JsonObject table, Map<String, List<ConfigRule>> rules) {
    table
        .getAsJsonObject("values")
        .entrySet()
        .forEach(e -> rules.put(e.getKey(), rules(e.getValue().getAsJsonArray())));
  }

  private static List<ConfigRule> rules(JsonArray alternatives) {
    return alternatives.asList().stream()
        .map(rule -> new ConfigRule(rule.getAsJsonObject(), ORIGIN))
        .toList();
  }

  private static List<ConfigLimit> limits(JsonObject table) {
    return table.has("limits")
        ? table.getAsJsonArray("limits").asList().stream()
            .map(limit -> new ConfigLimit(limit.getAsJsonObject()))
            .toList()
        : List.of();
  }
}
