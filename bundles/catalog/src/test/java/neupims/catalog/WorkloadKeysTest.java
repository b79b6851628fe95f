// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Experiment;
import neupims.api.run.WorkloadChoice;
import neupims.api.workload.WorkloadSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which keys {@code workload} has is the request source's business. */
class WorkloadKeysTest {
  @TempDir Path directory;
  private Path trace;

  @BeforeEach
  void writeTrace() throws IOException {
    Files.createDirectory(directory.resolve("traces"));
    trace = Files.writeString(directory.resolve("traces/a.csv"), "");
  }

  @Test
  void aSourceHasItsOwnKeysAndTheDatasetIfItDrawsLengths() {
    WorkloadChoice rated =
        variant("workload.source=rated", "workload.rate=0.25", "workload.requests=9").workload();
    assertEquals(0.25, rated.parameters().real("rate"));
    assertEquals("sharegpt", rated.label());
    WorkloadSpec spec = rated.spec(2048, 7);
    assertEquals(rated.lengths(), spec.lengths());
    assertEquals(rated.parameters(), spec.parameters());
    assertEquals(
        List.of(9L, 2048L, 7L), List.of(spec.requests(), (long) spec.maxTokens(), spec.seed()));
  }

  @Test
  void aSourceWithoutLengthsHasNoDatasetAndDefaultsFillIn() {
    WorkloadChoice filed = variant("workload.source=filed", "workload.file=" + trace).workload();
    assertEquals(Optional.empty(), filed.lengths());
    assertEquals(trace, filed.parameters().file("file"));
    assertEquals(1, filed.parameters().real("speedup"));
    assertFalse(filed.parameters().flag("lenient"));
    assertFalse(filed.parameters().has("rate"));
    assertEquals("a.csv", filed.label());
  }

  @Test
  void aKeyOfAnotherSourceIsRefused() {
    assertRefused(
        () -> variant("workload.source=filed", "workload.file=" + trace, "workload.dataset=alpaca"),
        "--set workload.dataset=alpaca: unknown key; allowed in workload: source, file, speedup,"
            + " rate, lenient, requests");
    assertRefused(
        () -> variant("workload.source=rated", "workload.rat=1"),
        "allowed in workload: source, dataset, rate, requests; did you mean \"workload.rate\"?");
    assertRefused(
        () -> variant("workload.lenient=true"),
        "--set workload.lenient=true: unknown key; allowed in workload: source, dataset, requests");
  }

  @Test
  void aRateIsANumberInItsRange() {
    for (String rate : List.of("0", "-1", "1e7", "NaN", "fast", "")) {
      assertRefused(
          () -> variant("workload.source=rated", "workload.rate=" + rate),
          "--set workload.rate=" + rate + ": ",
          "allowed: a number from 0.001 to 1000000 (requests a second)");
    }
  }

  @Test
  void aFileIsRelativeToTheExperimentThatNamesIt() throws IOException {
    Path experiment = experiment("{\"source\": \"filed\", \"file\": \"traces/a.csv\"}");
    WorkloadChoice choice = CATALOG.experiment(experiment, List.of()).variants().get(0).workload();
    assertEquals(trace, choice.parameters().file("file"));
    assertTrue(
        CATALOG
            .experiment(experiment, List.of())
            .resolvedJson()
            .contains("\"file\": \"traces/a.csv\""));
  }

  @Test
  void aMissingFileIsRefusedWithItsNeighbour() throws IOException {
    Path experiment = experiment("{\"source\": \"filed\", \"file\": \"traces/b.csv\"}");
    assertRefused(
        () -> CATALOG.experiment(experiment, List.of()),
        experiment + ": workload.file: " + directory.resolve("traces/b.csv") + ": no such file",
        "expected a trace; did you mean \"a.csv\"?");
    assertRefused(
        () -> variant("workload.source=filed", "workload.file=" + directory),
        "--set workload.file="
            + directory
            + ": "
            + directory
            + ": is a directory, expected a trace");
    assertRefused(
        () -> variant("workload.source=filed"),
        "workload.file: missing; expected the name of a file");
  }

  /** A variant, or an option, that chooses a source drops what only the file's source had. */
  @Test
  void aSourceChosenAboveTakesTheKeysThatItHasFromBelow() throws IOException {
    Path experiment =
        Files.writeString(
            directory.resolve("two.json"),
            """
            {
              "workload": {"source": "rated", "dataset": "alpaca", "rate": 8, "requests": 5},
              "variants": [
                {"name": "drawn", "set": {}},
                {"name": "filed", "set": {"workload": {"source": "filed", "file": "traces/a.csv"}}},
                {"name": "at once", "set": {"workload.source": "all-at-once"}}
              ]
            }
            """);
    Experiment resolved = CATALOG.experiment(experiment, List.of());
    WorkloadChoice filed = resolved.variants().get(1).workload();
    assertEquals(Optional.empty(), filed.lengths());
    assertEquals(8, filed.parameters().real("rate"));
    WorkloadChoice atOnce = resolved.variants().get(2).workload();
    assertEquals("alpaca", atOnce.label());
    assertEquals(5, atOnce.requests());
    assertFalse(atOnce.parameters().has("rate"));
    for (var variant : CATALOG.experiment(experiment, set("workload.source=rated")).variants()) {
      assertEquals(8, variant.workload().parameters().real("rate"));
    }
  }

  private Path experiment(String workload) throws IOException {
    return Files.writeString(directory.resolve("demo.json"), "{\"workload\": " + workload + "}");
  }
}
