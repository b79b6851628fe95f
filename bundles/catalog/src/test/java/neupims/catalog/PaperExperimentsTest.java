// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.Setting;
import neupims.api.run.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaperExperimentsTest {
  private static final Catalog CATALOG = TestCatalog.CATALOG;

  static List<PaperExperiment> all() {
    return CATALOG.paperExperiments();
  }

  private static PaperExperiment named(String name) {
    return all().stream().filter(p -> p.name().equals(name)).findAny().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPointResolvesToItsVariant(PaperExperiment paper) {
    Experiment experiment = CATALOG.paperExperiment(paper, List.of());
    assertEquals(paper.name(), experiment.name());
    assertEquals(
        paper.points().stream().map(PaperExperiment.Point::variant).toList(),
        experiment.variants().stream().map(Variant::name).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void pointsAreAllCombinationsOnce(PaperExperiment paper) {
    int expected = paper.axes().values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
    Set<Map<String, String>> different = new HashSet<>();
    paper.points().forEach(point -> different.add(point.at()));
    assertEquals(expected, different.size());
    assertEquals(expected, paper.points().size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFigureHasPointsANumberOrWordsAndASource(PaperExperiment paper) {
    for (PaperFigure figure : paper.figures()) {
      assertTrue(
          figure.paper().isPresent() == figure.says().isEmpty(), figure.id() + ": one of the two");
      assertFalse(figure.source().isBlank(), figure.id());
      List<Map<String, String>> points =
          paper.points().stream()
              .map(PaperExperiment.Point::at)
              .filter(at -> at.entrySet().containsAll(figure.of().entrySet()))
              .toList();
      assertFalse(points.isEmpty(), figure.id());
      for (Map<String, String> point : points) {
        Map<String, String> base = new HashMap<>(point);
        base.putAll(figure.over());
        assertTrue(paper.points().stream().anyMatch(p -> p.at().equals(base)), figure.id());
      }
    }
  }

  @Test
  void aPartHasThePointsOfTheWholeWithCertainLabels() {
    PaperExperiment whole = named("throughput");
    PaperExperiment part = named("throughput-7b");
    assertEquals("throughput", part.partOf());
    assertEquals(whole.figures(), part.figures());
    assertEquals(
        whole.points().stream().filter(p -> p.at().get("model").equals("gpt3-7b")).toList(),
        part.points());
  }

  @Test
  void labelsAndValuesBothSetKeys() {
    Experiment experiment = CATALOG.paperExperiment(named("throughput-7b"), List.of());
    Variant last = experiment.variants().get(experiment.variants().size() - 1);
    assertEquals("gpt3-7b alpaca 512 neupims", last.name());
    assertEquals(512, last.maxBatch());
    assertEquals("neupims", last.system().name());
    assertTrue(last.workload().label().contains("alpaca"), last.workload().label());
  }

  @Test
  void neupimsInterleavesFromBatch256Up() {
    for (Variant v : CATALOG.paperExperiment(named("throughput"), List.of()).variants()) {
      if (v.name().endsWith("neupims")) {
        assertEquals(v.maxBatch() < 256 ? "offload" : "interleaved", v.system().compiler());
      }
    }
  }

  @Test
  void settingsComeOnTopOfEveryPoint() {
    List<Setting> settings = List.of(new Setting("batch", "8", "--set batch=8"));
    Experiment experiment = CATALOG.paperExperiment(named("ablation"), settings);
    assertTrue(experiment.variants().stream().allMatch(v -> v.maxBatch() == 8));
  }
}
