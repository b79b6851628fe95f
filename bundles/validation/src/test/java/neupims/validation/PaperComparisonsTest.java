// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import neupims.api.metric.Energy;
import neupims.api.metric.Utilization;
import neupims.api.run.Experiment;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.PaperFigure.Take;
import neupims.api.run.ResultMetric;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** Two batches on two systems, of which tokens/s are 10, 30 and 20, 40. */
class PaperComparisonsTest {
  private final List<VariantResult> results = new ArrayList<>();

  private PaperComparisonsTest() {
    results.add(result("small a", 10, "completed"));
    results.add(result("small b", 30, "completed"));
    results.add(result("large a", 20, "completed"));
    results.add(result("large b", 40, "completed"));
  }

  private static VariantResult result(String name, long tokens, String stopped) {
    return new VariantResult(
        SampleVariants.variant(name),
        MeasureSpec.Mode.SNAPSHOTS,
        1,
        0,
        tokens,
        1,
        100,
        new Utilization(0.25, 0.5, 0.75),
        Optional.of(new Energy(1000, 3, 5)),
        0.1,
        1.2,
        300,
        0,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        stopped,
        null);
  }

  private static PaperExperiment.Point point(String batch, String system) {
    return new PaperExperiment.Point(
        batch + " " + system, Map.of("batch", batch, "system", system));
  }

  private PaperComparison compare(
      ResultMetric metric, Map<String, String> of, Map<String, String> over, Take take) {
    PaperFigure figure =
        new PaperFigure("f", "f", metric, of, over, take, OptionalDouble.of(5), "", "a test");
    PaperExperiment paper =
        new PaperExperiment(
            "p",
            "p",
            true,
            "",
            Map.of("batch", List.of("small", "large"), "system", List.of("a", "b")),
            List.of(
                point("small", "a"), point("small", "b"), point("large", "a"), point("large", "b")),
            List.of(figure));
    RunResult run = new RunResult(new Experiment("p", 1, List.of(), "{}"), results);
    return new PaperComparisons(paper, run).all().get(0);
  }

  private PaperComparison ratio(Take take) {
    return compare(
        ResultMetric.TOKENS_PER_SECOND, Map.of("system", "b"), Map.of("system", "a"), take);
  }

  @Test
  void aRatioIsOfPointsThatDifferByTheLabelsOnly() {
    // 30 / 10 and 40 / 20.
    assertEquals(2.5, ratio(Take.MEAN).ours().orElseThrow());
    assertEquals(2, ratio(Take.MIN).ours().orElseThrow());
    assertEquals(3, ratio(Take.MAX).ours().orElseThrow());
    assertEquals(2, ratio(Take.MEAN).points());
    assertEquals(0.5, ratio(Take.MEAN).ratio().orElseThrow());
  }

  @Test
  void withoutARatioItIsTheMetricItself() {
    Map<String, String> small = Map.of("batch", "small");
    assertEquals(
        20,
        compare(ResultMetric.TOKENS_PER_SECOND, small, Map.of(), Take.MEAN).ours().orElseThrow());
    Map<String, String> one = Map.of("batch", "small", "system", "a");
    assertEquals(
        8, compare(ResultMetric.MEMORY_WATTS, one, Map.of(), Take.MEAN).ours().orElseThrow());
    assertEquals(
        0.8,
        compare(ResultMetric.MEMORY_JOULES_PER_TOKEN, one, Map.of(), Take.MEAN)
            .ours()
            .orElseThrow());
  }

  @Test
  void pointsThatWereInterruptedDoNotCount() {
    results.set(2, result("large a", 1, "interrupted"));
    assertEquals(3, ratio(Take.MEAN).ours().orElseThrow());
    assertEquals(1, ratio(Take.MEAN).points());
    assertEquals(2, ratio(Take.MEAN).of());
    results.clear();
    assertTrue(ratio(Take.MEAN).ours().isEmpty());
    assertTrue(ratio(Take.MEAN).ratio().isEmpty());
  }
}
