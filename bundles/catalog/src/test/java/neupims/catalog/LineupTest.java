// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.set;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants that are the same are simulated once; those of several files keep apart. */
class LineupTest {
  private static final String BATCHES =
      "{'workload': {'requests': 5}, 'variants': [{'name': 'small', 'set': {'batch': 8}},"
          + " {'name': 'large', 'set': {'batch': 64}}, {'name': 'again', 'set': {'batch': 8.0}}]}";

  @TempDir Path directory;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(directory.resolve("x"));
    Files.createDirectories(directory.resolve("y"));
  }

  private Path file(String name, String json) throws IOException {
    return Files.writeString(directory.resolve(name), json.replace('\'', '"'));
  }

  private static List<String> names(Experiment experiment) {
    return experiment.variants().stream().map(Variant::name).toList();
  }

  @Test
  void variantsOfOneSystemAreOneVariantCalledAfterItWithoutAWord() {
    for (String system : List.of("neupims", "gpu-only")) {
      Experiment experiment = CATALOG.experiment(null, set("system=" + system));
      assertEquals(List.of(system), names(experiment));
      // Whoever chooses the system of all knows it.
      assertEquals(List.of(), experiment.warnings());
    }
  }

  @Test
  void ofEqualVariantsTheFirstStaysInItsPlace() throws IOException {
    Experiment experiment = CATALOG.experiment(file("b.json", BATCHES), List.of());
    assertEquals(List.of("small", "large"), names(experiment));
    assertEquals(
        List.of("variants small and again resolve to the same values: simulated once, as small"),
        experiment.warnings());
    JsonObject resolved = JsonParser.parseString(experiment.resolvedJson()).getAsJsonObject();
    assertEquals(2, resolved.getAsJsonArray("variants").size());
  }

  @Test
  void variantsThatDifferInAnythingStay() {
    assertEquals(
        List.of("npu-only", "npu-pim", "neupims-serial", "neupims"),
        names(CATALOG.experiment(null, set("batch=8"))));
    assertEquals(List.of(), CATALOG.experiment(null, List.of()).warnings());
  }

  @Test
  void variantsThatDifferInTheirSwapsAloneStay() throws IOException {
    Path file =
        file(
            "swaps.json",
            "{'workload': {'requests': 5}, 'variants': [{'name': 'a'}, {'name': 'b', 'set':"
                + " {'swaps': [{'atIteration': 5, 'split': 'none'}]}}]}");
    assertEquals(List.of("a", "b"), names(CATALOG.experiment(file, List.of())));
  }

  @Test
  void variantsOfOneSystemThatDifferKeepTheirNames() throws IOException {
    Path file =
        file(
            "s.json",
            "{'workload': {'requests': 5}, 'variants': ["
                + "{'name': 'npu-only', 'set': {'system': 'npu-only', 'batch': 8}},"
                + "{'name': 'neupims', 'set': {'system': 'neupims', 'batch': 9}}]}");
    assertEquals(
        List.of("npu-only", "neupims"), names(CATALOG.experiment(file, set("system=npu-pim"))));
  }

  @Test
  void namesOfSeveralFilesThatCollideGetTheFilesName() throws IOException {
    Path a = file("a.json", BATCHES);
    Path b = file("b.json", BATCHES.replace("8", "16").replace("large", "huge"));
    Experiment both = CATALOG.together(List.of(a, b), List.of());
    assertEquals(List.of("a:small", "large", "b:small"), names(both));
    assertEquals("a-vs-b", both.name());
    assertEquals(
        List.of(
            "variants a:small and a:again resolve to the same values: simulated once, as a:small",
            "variants a:large and b:huge resolve to the same values: simulated once, as large",
            "variants b:small and b:again resolve to the same values: simulated once, as b:small"),
        both.warnings());
  }

  @Test
  void filesOfOneNameGetTheirPaths() throws IOException {
    Path x = file("x/same.json", "{'workload': {'requests': 5}, 'batch': 8}");
    Path y = file("y/same.json", "{'workload': {'requests': 5}, 'batch': 9}");
    assertEquals(
        List.of(directory + "/x/same:neupims", directory + "/y/same:neupims"),
        names(CATALOG.together(List.of(x, y), List.of())));
  }

  @Test
  void whatSeveralFilesResolveToIsAnExperimentOfItsOwn() throws IOException {
    Path a = file("a.json", BATCHES);
    Path b = file("b.json", BATCHES.replace("8", "16"));
    Experiment both = CATALOG.together(List.of(a, b), set("name=both"));
    Experiment again = CATALOG.experiment(file("both.json", both.resolvedJson()), List.of());
    assertEquals("both", again.name());
    assertEquals(names(both), names(again));
    assertEquals(List.of(), again.warnings());
  }
}
