// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.RunObserver;
import neupims.api.run.ServingResult;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.VariantResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Serving with the plug-ins of the distribution on the command-level device. */
@ExtendWith(InContainer.class)
public class ServingIT {
  private static final String MODEL =
      "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024, \"vocabulary\":"
          + " 100, \"maxPositions\": 128}";

  @Inject private Catalog catalog;
  @Inject private Simulation simulation;

  @Test
  public void everySchedulerServesAStreamWithPromptsWorkedOnEverywhere() throws IOException {
    Path folder = folder("0,9,3", "0.00001,30,2", "0.00001,4,5", "0.0001,17,1");
    List<String> variants = new ArrayList<>();
    for (String scheduler : List.of("static", "orca", "vllm", "sarathi", "shortest-first")) {
      for (String prefill : List.of("none", "separate", "mixed", "chunked")) {
        variants.add(
            "{\"name\": \"%s %s\", \"set\": {\"scheduler\": \"%s\", \"prefill\": \"%s\"}}"
                .formatted(scheduler, prefill, scheduler, prefill));
      }
    }
    for (VariantResult result : run(folder, variants)) {
      String name = result.variant().name();
      assertNull(result.failure(), name);
      assertEquals(4, result.requestsCompleted(), name);
      assertEquals(3 + 2 + 5 + 1, result.tokensGenerated(), name);
      ServingResult serving = result.serving().orElseThrow();
      assertTrue(serving.ttft().orElseThrow().p50() > 0, name);
      assertTrue(serving.kv().peakFraction() > 0 && serving.kv().peakFraction() <= 1, name);
    }
  }

  @Test
  public void everySplitAndPlacementServesAStream() throws IOException {
    Path folder = folder("0,9,3", "0,30,2", "0,4,5", "0,17,1");
    List<String> variants = new ArrayList<>();
    for (String split : List.of("none", "halves", "balanced", "ratio", "auto")) {
      variants.add("{\"name\": \"%s\", \"set\": {\"split\": \"%s\"}}".formatted(split, split));
    }
    for (String placement : List.of("round-robin", "min-load", "least-kv", "random")) {
      variants.add(
          "{\"name\": \"%s\", \"set\": {\"placement\": \"%s\"}}".formatted(placement, placement));
    }
    for (VariantResult result : run(folder, variants)) {
      assertNull(result.failure(), result.variant().name());
      assertEquals(11, result.tokensGenerated(), result.variant().name());
    }
  }

  /** With nobody else there a token takes a step of the sequence's length. */
  @Test
  public void aLoneRequestTakesTheStepsOfItsLengths() throws IOException {
    Path folder = folder("0.001,20,3");
    VariantResult result = run(folder, List.of("{\"name\": \"alone\"}")).get(0);
    double first = step(folder, 20);
    double next = (step(folder, 21) + step(folder, 22)) / 2;
    ServingResult serving = result.serving().orElseThrow();
    assertEquals(first, serving.ttft().orElseThrow().mean(), 1e-12);
    assertEquals(next, serving.tpot().orElseThrow().mean(), 1e-12);
    assertEquals(first + 2 * next, serving.request().orElseThrow().mean(), 1e-12);
  }

  private double step(Path folder, int tokens) {
    List<Setting> settings =
        List.of(new Setting("model", folder.resolve("model.json").toString(), "test"));
    return simulation
        .step(catalog.variant(settings), List.of(new BatchEntry(tokens, 0)))
        .stepSeconds();
  }

  private List<VariantResult> run(Path folder, List<String> variants) throws IOException {
    Path experiment =
        Files.writeString(
            folder.resolve("experiment.json"),
            "{\"model\": \"model.json\", \"workload\": {\"source\": \"trace\", \"file\":"
                + " \"trace.csv\"}, \"variants\": ["
                + String.join(", ", variants)
                + "]}");
    return simulation.run(catalog.experiment(experiment, List.of()), RunObserver.NONE).variants();
  }

  private static Path folder(String... lines) throws IOException {
    Path folder = Files.createTempDirectory("neupims-serving");
    Files.writeString(folder.resolve("model.json"), MODEL);
    Files.writeString(
        folder.resolve("trace.csv"),
        "arrival_seconds,prompt_tokens,output_tokens\n" + String.join("\n", lines) + "\n");
    return folder;
  }
}
