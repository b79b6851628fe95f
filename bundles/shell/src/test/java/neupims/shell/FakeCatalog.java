// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import neupims.api.hw.NpuSpec;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.Experiment;
import neupims.api.run.MemoryAlone;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.ResultMetric;
import neupims.api.run.Setting;
import neupims.api.run.Swap;
import neupims.api.run.Variant;
import neupims.testkit.SampleVariants;

/** Two variants, whatever is asked for; remembers the settings. */
final class FakeCatalog implements Catalog {
  final List<Setting> settings = new ArrayList<>();

  @Override
  public List<String> names(CatalogKind kind) {
    return List.of(kind.word() + "-1", kind.word() + "-2");
  }

  @Override
  public Experiment experiment(Path experiment, List<Setting> given) {
    settings.addAll(given);
    return new Experiment(
        "test", 1, List.of(SampleVariants.variant("slow"), SampleVariants.variant("fast")), "{}");
  }

  @Override
  public Experiment together(List<Path> experiments, List<Setting> given) {
    return experiment(null, given);
  }

  @Override
  public List<PaperExperiment> paperExperiments() {
    return List.of(
        paper("short", true, ""), paper("part", false, "whole"), paper("whole", false, ""));
  }

  private static PaperExperiment paper(String name, boolean byDefault, String partOf) {
    PaperFigure figure =
        new PaperFigure(
            "fast-over-slow",
            "fast over slow",
            ResultMetric.TOKENS_PER_SECOND,
            Map.of("system", "fast"),
            Map.of("system", "slow"),
            PaperFigure.Take.MEAN,
            OptionalDouble.of(5),
            "",
            "a test");
    return new PaperExperiment(
        name,
        "a paper's experiment",
        byDefault,
        partOf,
        Map.of("system", List.of("slow", "fast")),
        List.of(
            new PaperExperiment.Point("slow", Map.of("system", "slow")),
            new PaperExperiment.Point("fast", Map.of("system", "fast"))),
        List.of(figure));
  }

  @Override
  public Experiment paperExperiment(PaperExperiment paper, List<Setting> given) {
    return experiment(null, given);
  }

  @Override
  public String recording(Experiment experiment, List<List<Swap>> swaps) {
    return "{}";
  }

  @Override
  public Variant variant(List<Setting> given) {
    settings.addAll(given);
    return SampleVariants.variant("only");
  }

  @Override
  public MemoryAlone memoryAlone(String name, List<Setting> given) {
    settings.addAll(given);
    return new MemoryAlone(SampleVariants.variant(name).system().memory(), false);
  }

  @Override
  public NpuSpec npu(String name, List<Setting> given) {
    settings.addAll(given);
    return SampleVariants.variant(name).system().npu();
  }

  @Override
  public List<BatchEntry> batch(Path csv) {
    return List.of(new BatchEntry(10, 0), new BatchEntry(20, 1));
  }
}
