// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.resolve.SwapKeys;
import neupims.catalog.resolve.VariantValues;
import neupims.catalog.schema.Key;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.schema.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/EXPERIMENTS.md says is so. */
class DocumentationTest {
  private static final Path DOCS = Path.of("../../docs/EXPERIMENTS.md");
  private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;
  private String text;
  private final List<String> examples = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(DOCS);
    Matcher matcher = EXAMPLE.matcher(text);
    while (matcher.find()) {
      examples.add(matcher.group(1));
    }
  }

  @Test
  void itListsEveryKeyWithRangeAndMeaning() {
    KeyTable table = new KeyTable(CatalogFiles.own("keys.json"));
    Schema schema = new Schema(VariantValues.class, table, List.of());
    KeyTable ofSwaps = new KeyTable(CatalogFiles.own("swap-keys.json"));
    Schema swaps = new Schema(SwapKeys.EntryKeys.class, ofSwaps, List.of());
    List<String> missing =
        Stream.of(schema, swaps)
            .flatMap(keys -> keys.keys().stream())
            .map(DocumentationTest::row)
            .filter(r -> !text.contains(r))
            .toList();
    assertEquals(List.of(), missing, () -> String.join(System.lineSeparator(), missing));
  }

  @Test
  void itsExamplesResolve() throws IOException {
    Path experiment = file("demo.json", 0);
    assertEquals(2, CATALOG.experiment(experiment, List.of()).variants().size());
    Path swaps = file("swaps.json", 1);
    assertEquals(3, CATALOG.experiment(swaps, List.of()).variants().get(0).live().swaps().size());
    Path memory = file("fast-rows.json", 2);
    assertEquals(11, CATALOG.memory(memory.toString(), List.of()).timing().rp());
    assertEquals(2, variant("model=" + file("model.json", 3)).shard().parallelism().tensor());
    assertEquals(16, variant("npu=" + file("npu.json", 4)).system().npu().vectorUnits());
    assertEquals(11, variant("system=" + file("system.json", 5)).system().memory().timing().rcd());
    variant("workload.dataset=" + file("dataset.json", 6));
    assertEquals(7, examples.size());
  }

  private Path file(String name, int example) throws IOException {
    return Files.writeString(directory.resolve(name), examples.get(example));
  }

  private static String row(Key key) {
    String range =
        switch (key.type()) {
          case FLAG -> "true, false";
          case TEXT -> "text";
          case CHOICE -> String.join(", ", key.choices());
          default -> key.limits().range();
        };
    String unit = key.limits().unit().isEmpty() ? "" : " " + key.limits().unit();
    return "| `%s` | %s%s | %s |".formatted(key.path(), range, unit, key.limits().meaning());
  }
}
