// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number of the catalog has a source, and every source a value. */
class SourcesTest {
  private static final Path ROOT = Path.of("src/main/resources/neupims/catalog");
  private static final Set<String> NO_ITEMS =
      Set.of("index.json", "keys.json", "swap-keys.json", "families.json");

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(f -> f.toString().endsWith(".json"))
          .filter(f -> !NO_ITEMS.contains(f.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyNumberHasASource(Path file) throws IOException {
    JsonObject json = read(file);
    Set<String> sources = sources(json);
    List<String> bare = new ArrayList<>();
    for (String path : numbers(json)) {
      if (sources.stream().noneMatch(source -> covers(source, path))) {
        bare.add(path);
      }
    }
    assertEquals(List.of(), bare);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everySourceHasAValue(Path file) throws IOException {
    JsonObject json = read(file);
    Set<String> paths = leaves(json);
    for (String source : sources(json)) {
      assertFalse(paths.stream().noneMatch(path -> covers(source, path)), source);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aSourceSaysWhereTheNumberIsFrom(Path file) throws IOException {
    JsonObject json = read(file);
    for (String source : sources(json)) {
      String text = json.getAsJsonObject("sources").get(source).getAsString();
      boolean kind =
          Stream.of(
                  "[P]",
                  "[R]",
                  "[D]",
                  "JEDEC",
                  "config.json",
                  "ASSUMED",
                  "facts",
                  "data sheet",
                  "whitepaper",
                  "paper:",
                  "measured:")
              .anyMatch(text::contains);
      assertFalse(!kind, source + ": " + text);
    }
  }

  @Test
  void theIndexNamesTheFilesThatAreThere() throws IOException {
    JsonObject index = read(ROOT.resolve("index.json"));
    for (String folder : index.keySet()) {
      Set<String> named =
          index.getAsJsonArray(folder).asList().stream()
              .map(JsonElement::getAsString)
              .collect(Collectors.toSet());
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        Set<String> there =
            files
                .map(f -> f.getFileName().toString().replace(".json", ""))
                .collect(Collectors.toSet());
        assertEquals(there, named, folder);
      }
    }
  }

  private static JsonObject read(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static Set<String> sources(JsonObject json) {
    return json.has("sources") ? json.getAsJsonObject("sources").keySet() : Set.of();
  }

  private static boolean covers(String source, String path) {
    return path.equals(source) || path.startsWith(source + ".");
  }

  private static Set<String> leaves(JsonObject json) {
    return flat(json, "").map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static List<String> numbers(JsonObject json) {
    return flat(json, "")
        .filter(e -> e.getValue().isJsonArray() || e.getValue().getAsJsonPrimitive().isNumber())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** An array counts as one leaf; the sources and the variants, which have no numbers, do not. */
  private static Stream<Map.Entry<String, JsonElement>> flat(JsonObject json, String prefix) {
    return json.entrySet().stream()
        .filter(e -> !(prefix + e.getKey()).equals("sources"))
        .filter(e -> !(prefix + e.getKey()).equals("variants"))
        .flatMap(
            e ->
                e.getValue() instanceof JsonObject inner
                    ? flat(inner, prefix + e.getKey() + ".")
                    : Stream.of(Map.entry(prefix + e.getKey(), e.getValue())));
  }
}
