// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.catalog.item.Notes;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * An experiment file, taken apart.
 *
 * @param name what it calls itself, if it does
 * @param values what holds for every variant
 * @param swaps of every variant that has none of its own
 * @param directory where relative names of files begin that options and experiment files have
 * @param recorded of which run it is the recording, if it is one
 * @param variants the variants; one without name and changes if the file has none
 */
record ExperimentFile(
    Optional<Leaf> name,
    Values values,
    Optional<SwapKeys.Given> swaps,
    Path directory,
    Optional<Recorded> recorded,
    List<Entry> variants) {
  private static final int LONGEST_NAME = 80;
  private static final List<String> ENTRY_KEYS = List.of("name", "set", "origins");

  /** A variant: a name and its changes. */
  record Entry(String name, Values set, Optional<SwapKeys.Given> swaps) {}

  /**
   * From JSON.
   *
   * @throws InputException if the variants are not as they should be
   */
  static ExperimentFile of(JsonObject json, Origin origin) {
    Notes.takeFrom(json, origin);
    json.remove("origins");
    Optional<Recorded> recorded = Recorded.takeFrom(json, origin);
    Optional<SwapKeys.Given> swaps = swaps(json, "", origin);
    JsonElement variants = json.remove("variants");
    Values values = Values.of(json, "", "", origin);
    Optional<Leaf> name = values.remove(ExperimentName.PATH);
    List<Entry> entries =
        variants == null
            ? List.of(new Entry("", new Values(), Optional.empty()))
            : entries(variants, origin, recorded);
    Path directory =
        recorded.map(Recorded::directory).orElseGet(() -> Path.of("").toAbsolutePath());
    return new ExperimentFile(name, values, swaps, directory, recorded, entries);
  }

  private static Optional<SwapKeys.Given> swaps(JsonObject json, String prefix, Origin origin) {
    return Optional.ofNullable(json.remove(SwapKeys.KEY))
        .map(swaps -> new SwapKeys.Given(swaps, prefix + SwapKeys.KEY, origin));
  }

  private static List<Entry> entries(
      JsonElement variants, Origin origin, Optional<Recorded> recorded) {
    if (!(variants instanceof JsonArray array) || array.isEmpty()) {
      throw refuse(origin, "variants", "expected an array of at least one {\"name\", \"set\"}");
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonElement element : array) {
      String at = "variants[" + entries.size() + "]";
      if (!(element instanceof JsonObject object)) {
        throw refuse(origin, at, "expected an object with the keys name and set");
      }
      Entry entry = entry(object, at, origin, recorded);
      if (!names.add(entry.name())) {
        throw refuse(origin, at + ".name", "\"" + entry.name() + "\" names another variant too");
      }
      entries.add(entry);
    }
    return entries;
  }

  private static Entry entry(
      JsonObject object, String at, Origin origin, Optional<Recorded> recorded) {
    for (String key : object.keySet()) {
      if (!ENTRY_KEYS.contains(key)) {
        String hint = NearestName.hint(key, ENTRY_KEYS);
        throw refuse(origin, at + "." + key, "unknown key; allowed: name, set" + hint);
      }
    }
    JsonElement set = object.get("set");
    if (set != null && !set.isJsonObject()) {
      throw refuse(origin, at + ".set", "expected an object of key paths and values");
    }
    JsonObject changes = set == null ? new JsonObject() : set.getAsJsonObject();
    Optional<SwapKeys.Given> swaps = swaps(changes, at + ".set.", origin);
    Values values = Values.of(changes, "", at + ".set.", origin);
    recorded.ifPresent(as -> as.giveOrigins(values, object.get("origins")));
    return new Entry(name(object.get("name"), at + ".name", origin), values, swaps);
  }

  private static String name(JsonElement name, String at, Origin origin) {
    if (name == null || !name.isJsonPrimitive() || !name.getAsJsonPrimitive().isString()) {
      throw refuse(origin, at, (name == null ? "missing" : name) + "; expected a text");
    }
    String text = name.getAsString();
    boolean control = text.chars().anyMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > LONGEST_NAME || control) {
      throw refuse(
          origin, at, "\"" + text + "\" is not one line of 1 to " + LONGEST_NAME + " characters");
    }
    return text;
  }

  private static InputException refuse(Origin origin, String path, String why) {
    return new Leaf(Leaf.Kind.OTHER, "", path, origin).refuse(why);
  }
}
