// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import neupims.api.run.Plugins;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * That a file is the recording of a run: its values are those of other files and options, and it
 * says so, so that the same run gives the same result. Relative names of files start where they did
 * when it was recorded.
 *
 * @param directory where the run was started
 * @param bundles what simulated it and the plug-ins that it began with, in words
 */
record Recorded(Path directory, List<String> bundles) {
  static final String KEY = "recordedIn";
  private static final String BUNDLES = "recordedWith";

  /**
   * Takes what makes a file a recording out of it.
   *
   * @throws neupims.api.unit.InputException if that is no directory's name
   */
  static Optional<Recorded> takeFrom(JsonObject json, Origin origin) {
    JsonElement value = json.remove(KEY);
    if (value == null) {
      return Optional.empty();
    }
    List<String> bundles = bundles(json.remove(BUNDLES), origin);
    try {
      if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
        return Optional.of(new Recorded(Path.of(value.getAsString()), bundles));
      }
    } catch (InvalidPathException impossible) {
      // Refused below.
    }
    throw new Leaf(Leaf.Kind.OTHER, "", KEY, origin)
        .refuse(value + " is not the name of the directory in which a run was recorded");
  }

  private static List<String> bundles(JsonElement value, Origin origin) {
    List<String> bundles = new ArrayList<>();
    if (value != null) {
      if (!(value instanceof JsonArray array)
          || array.asList().stream().anyMatch(line -> !line.isJsonPrimitive())) {
        throw new Leaf(Leaf.Kind.OTHER, "", BUNDLES, origin)
            .refuse("expected what a recording writes: an array of texts");
      }
      array.forEach(line -> bundles.add(line.getAsString()));
    }
    return bundles;
  }

  /** What the user should know of what is there now; empty if all is as it was. */
  Optional<String> others(Plugins plugins) {
    Set<String> now = new HashSet<>(plugins.engine());
    plugins.list().forEach(info -> now.add(plugins.identity(info)));
    List<String> changed = new ArrayList<>();
    for (String was : bundles) {
      if (!now.contains(was)) {
        String name = was.split(" \\(", 2)[0];
        String is =
            now.stream()
                .filter(line -> line.startsWith(name + " ("))
                .sorted()
                .findFirst()
                .orElse("");
        changed.add(is.isEmpty() ? was + ", which is not there" : was + ", now " + is);
      }
    }
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the recorded run began with "
                + String.join("; ", changed)
                + ": the result may be another");
  }

  /** Gives every value the origin that the recording says it has. */
  void giveOrigins(Values values, JsonElement origins) {
    if (origins == null || !origins.isJsonObject()) {
      return;
    }
    Map<String, Leaf> all = new LinkedHashMap<>();
    values.forEach(all::put);
    all.forEach(
        (path, leaf) ->
            nearest(origins.getAsJsonObject(), path)
                .ifPresent(
                    where -> {
                      Origin origin = leaf.origin().recorded(where, directoryOf(where));
                      values.put(path, new Leaf(leaf.kind(), leaf.text(), leaf.written(), origin));
                    }));
  }

  /** The line of the path itself or of the nearest above. */
  private static Optional<String> nearest(JsonObject origins, String path) {
    for (String above = path; ; above = above.substring(0, above.lastIndexOf('.'))) {
      if (origins.get(above) != null && origins.get(above).isJsonPrimitive()) {
        return Optional.of(origins.get(above).getAsString());
      }
      if (above.indexOf('.') < 0) {
        return Optional.empty();
      }
    }
  }

  /** Where the file lies that gave a value, or for an option where the run was started. */
  private Path directoryOf(String where) {
    try {
      Path file = directory.resolve(where);
      if (where.endsWith(".json") && Files.isRegularFile(file)) {
        return file.getParent();
      }
    } catch (InvalidPathException option) {
      // Not a file.
    }
    return directory;
  }
}
