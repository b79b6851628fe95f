// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.FidelityReport;
import neupims.api.run.RunObserver;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.VariantResult;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fitted device beside the command-level one that it stands for. */
@ExtendWith(InContainer.class)
public class FidelityIT {
  /** What docs/FIDELITY.md promises of throughput; energy is closer. */
  private static final double BOUND = 0.03;

  @Inject private Catalog catalog;
  @Inject private Simulation simulation;

  private VariantResult run(Path folder, String... settings) throws IOException {
    Path experiment =
        Files.writeString(
            folder.resolve("experiment.json"),
            "{\"model\": {\"name\": \"gpt3-7b\", \"layers\": 2}, \"batch\": 24, \"workload\":"
                + " {\"source\": \"all-at-once\", \"dataset\": \"alpaca\", \"requests\": 30},"
                + " \"measure\": {\"warmupIterations\": 2, \"everyIterations\": 3, \"window\":"
                + " {\"iterations\": 12}}}");
    List<Setting> set =
        Stream.of(settings).map(s -> new Setting(s.split("=")[0], s.split("=")[1], "t")).toList();
    VariantResult result =
        simulation.run(catalog.experiment(experiment, set), RunObserver.NONE).variants().get(0);
    assertNull(result.failure());
    return result;
  }

  private static void inCache(Path cache, Runnable run) {
    String before = System.getProperty("neupims.cache");
    System.setProperty("neupims.cache", cache.toString());
    try {
      run.run();
    } finally {
      if (before == null) {
        System.clearProperty("neupims.cache");
      } else {
        System.setProperty("neupims.cache", before);
      }
    }
  }

  private static double bytes(VariantResult result) {
    return result.steps().stream()
        .flatMap(step -> step.devices().stream())
        .mapToDouble(device -> device.traffic().readBytes() + device.traffic().writeBytes())
        .sum();
  }

  private void compare(String system) {
    try {
      Path folder = Files.createTempDirectory("neupims-fidelity");
      VariantResult exact = run(folder, "system=" + system);
      VariantResult fast = run(folder, "system=" + system, "fidelity=fast");
      FidelityReport fit = fast.fidelity().orElseThrow();
      assertEquals(0, fit.exactPrograms());
      assertTrue(fit.maxErrorPercent() >= fit.meanErrorPercent() && fit.meanErrorPercent() > 0);
      assertTrue(exact.fidelity().isEmpty());
      assertEquals(exact.tokensGenerated(), fast.tokensGenerated());
      double ratio = fast.tokensPerSecond() / exact.tokensPerSecond();
      assertEquals(1, ratio, BOUND, system);
      assertTrue(fit.meanErrorPercent() < 100 * BOUND, fit.toString());
      double joules = fast.joulesPerToken().orElseThrow() / exact.joulesPerToken().orElseThrow();
      assertEquals(1, joules, BOUND, system);
      // Bytes do not depend on how long things take.
      String[] snapshots = {"system=" + system, "measure.mode=snapshots", "measure.snapshots=2"};
      String[] fastSnapshots = Arrays.copyOf(snapshots, 4);
      fastSnapshots[3] = "fidelity=fast";
      assertEquals(1, bytes(run(folder, fastSnapshots)) / bytes(run(folder, snapshots)), 0.02);

      VariantResult again = run(folder, "system=" + system, "fidelity=fast");
      assertEquals(fast.tokensPerSecond(), again.tokensPerSecond());
      assertEquals(fast.energy(), again.energy());
      assertEquals(fast.utilization(), again.utilization());
      assertEquals(fast.serving(), again.serving());
      assertEquals(fit, again.fidelity().orElseThrow());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  public void aFittedDeviceIsNearTheExactOneWhateverIsCached() throws IOException {
    Path cache = Files.createTempDirectory("neupims-cache");
    inCache(
        cache,
        () -> {
          compare("neupims");
          compare("npu-only");
        });
    assertEquals(2, fits(cache));
  }

  private static long fits(Path cache) throws IOException {
    try (Stream<Path> kept = Files.list(cache)) {
      return kept.count();
    }
  }

  @Test
  public void aFitServesWhateverItDoesNotDependOn() throws IOException {
    Path folder = Files.createTempDirectory("neupims-fidelity");
    Path cache = Files.createTempDirectory("neupims-cache");
    String[] others = {
      "interconnect.model=ring",
      "interconnect.latencyNanos=5",
      "scheduler=vllm",
      "workload.source=constant-rate",
      "seed=7"
    };
    inCache(
        cache,
        () -> {
          try {
            FidelityReport first = run(folder, "fidelity=fast").fidelity().orElseThrow();
            for (String other : others) {
              String[] rate = {"fidelity=fast", other, "workload.rate=20"};
              String[] set = other.contains("source") ? rate : Arrays.copyOf(rate, 2);
              assertEquals(first, run(folder, set).fidelity().orElseThrow(), other);
            }
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    assertEquals(1, fits(cache));
  }

  @Test
  public void whatTheModelDoesNotCoverIsSimulatedAndCounted() throws IOException {
    Path folder = Files.createTempDirectory("neupims-fidelity");
    inCache(
        folder,
        () -> {
          try {
            VariantResult fast = run(folder, "fidelity=fast", "prefill=mixed");
            assertTrue(fast.fidelity().orElseThrow().exactPrograms() > 0);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  public void whatCannotBeFittedIsRefusedBeforeAnythingRuns() {
    List<Setting> experts =
        List.of(
            new Setting("fidelity", "fast", "t"),
            new Setting("model", "mixtral-8x7b", "t"),
            new Setting("batch", "8", "t"));
    Experiment experiment = catalog.experiment(null, experts);
    InputException refused =
        assertThrows(InputException.class, () -> simulation.run(experiment, RunObserver.NONE));
    assertTrue(refused.getMessage().contains("model mixtral-8x7b"), refused.getMessage());
    assertTrue(refused.getMessage().contains("fidelity=exact"), refused.getMessage());
  }

  @Test
  public void fastAndCheckTimingAreRefusedTogether() {
    List<Setting> both =
        List.of(new Setting("fidelity", "fast", "t"), new Setting("checkTiming", "true", "t"));
    InputException refused =
        assertThrows(InputException.class, () -> catalog.experiment(null, both));
    assertTrue(refused.getMessage().contains("checkTiming"), refused.getMessage());
  }
}
