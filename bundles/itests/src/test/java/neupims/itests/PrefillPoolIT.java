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
import neupims.api.model.ModelShard;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.PrefillUse;
import neupims.api.run.RunObserver;
import neupims.api.run.ServingResult;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.SystemSpec;
import neupims.api.run.VariantResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replicas with a prefill pool, with the plug-ins of the distribution. */
@ExtendWith(InContainer.class)
public class PrefillPoolIT {
  private static final String MODEL =
      "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024, \"vocabulary\":"
          + " 100, \"maxPositions\": 128}";

  @Inject private Catalog catalog;
  @Inject private Simulation simulation;

  @Test
  public void twoReplicasShareAPoolOnEverySystem() throws IOException {
    Path folder = folder("0,9,3", "0.00001,30,2", "0.00001,4,5", "0.0001,17,1", "0.0002,60,4");
    List<String> variants = new ArrayList<>();
    for (String system : List.of("npu-only", "npu-pim", "neupims", "gpu-only")) {
      for (int groups : new int[] {1, 3}) {
        for (String routing : List.of("arrival", "prefilled")) {
          variants.add(
              variant(
                  "\"system\": \"%s\", \"prefillPool.groups\": %d, \"prefillPool.routing\": \"%s\","
                          .formatted(system, groups, routing)
                      + " \"replicas\": 2, \"prefillPool.shared\": true,"
                      + " \"router\": \"least-loaded\""));
        }
      }
    }
    List<VariantResult> results = run(folder, "model.json", variants);
    List<VariantResult> again = run(folder, "model.json", variants);
    for (int i = 0; i < results.size(); i++) {
      VariantResult result = results.get(i);
      String name = variants.get(i);
      assertNull(result.failure(), name);
      assertEquals(5, result.requestsCompleted(), name);
      assertEquals(3 + 2 + 5 + 1 + 4, result.tokensGenerated(), name);
      PrefillUse use = result.serving().orElseThrow().prefill().orElseThrow();
      assertEquals(5, use.prompts(), name);
      assertEquals(120, use.promptTokens(), name);
      assertEquals(4, use.links().stream().mapToLong(PrefillUse.Link::caches).sum(), name);
      assertTrue(use.links().stream().allMatch(link -> link.caches() > 0), name);
      assertTrue(use.busyFraction() > 0 && use.busyFraction() < 1, name);
      assertEquals(result.serving(), again.get(i).serving(), name);
      assertEquals(result.simulatedSeconds(), again.get(i).simulatedSeconds(), name);
      assertEquals(result.energy(), again.get(i).energy(), name);
    }
    // More groups never make anybody wait longer for one.
    for (int i = 0; i < results.size(); i += 4) {
      assertTrue(waiting(results.get(i)) > waiting(results.get(i + 2)));
    }
  }

  private static double waiting(VariantResult result) {
    return result.serving().orElseThrow().prefill().orElseThrow().meanWaiting();
  }

  /**
   * The first of two decodes also writes the cache: no longer than its channel does, alone, in each
   * layer; over all channels it is hardly seen.
   */
  @Test
  public void aLoneRequestPaysForItsLinkAndOnceForWritingItsCache() throws IOException {
    int prompt = 100;
    for (String system : List.of("npu-only", "npu-pim", "neupims")) {
      Path folder = folder("0.001," + prompt + ",3");
      VariantResult result =
          run(folder, "model.json", List.of(variant("\"system\": \"" + system + "\""))).get(0);
      ServingResult serving = result.serving().orElseThrow();
      SystemSpec hardware = result.variant().system();
      ModelShard shard = result.variant().shard();
      double layerBytes = 2.0 * prompt * shard.attention().tokenBytes();
      double move = 5e-6 + shard.layers() * layerBytes / 25e9;
      assertEquals(move, moved(serving), 1e-9, system);
      double decodes = 2 * serving.tpot().orElseThrow().mean() - moved(serving);
      double plain = step(folder, system, prompt + 1) + step(folder, system, prompt + 2);
      double hertz = hardware.memory().clock().hertz();
      double peak = layerBytes / hardware.peakBytesPerCycle() / hertz;
      boolean pim = hardware.memory().pim().isPresent();
      double most = shard.layers() * peak * (pim ? shard(hardware) : 1);
      double written = decodes - plain;
      assertTrue(written > (pim ? 0.3 : -0.2) * most, system + " " + written + " of " + most);
      assertTrue(written < 1.2 * most, system + " " + written + " of " + most);
    }
  }

  private static int shard(SystemSpec hardware) {
    return hardware.memory().organization().channels();
  }

  private static double moved(ServingResult serving) {
    return serving.prefill().orElseThrow().transfer().orElseThrow().mean();
  }

  /** Only prompts are simulated exactly, each length once. */
  @Test
  public void aFittedDeviceSeesWhatIsWritten() throws IOException {
    String before = System.getProperty("neupims.cache");
    System.setProperty("neupims.cache", Files.createTempDirectory("neupims-cache").toString());
    try {
      Path folder =
          folder("0,200,8", "0,120,8", "0,200,9", "0.001,700,6", "0.002,400,7", "0.003,700,7");
      for (String system : List.of("neupims", "npu-only")) {
        String set = "\"batch\": 24, \"prefillPool.groups\": 2, \"system\": \"%s\", ";
        List<VariantResult> results =
            run(
                folder,
                "{\"name\": \"gpt3-7b\", \"layers\": 2}",
                List.of(
                    variant(set.formatted(system) + "\"fidelity\": \"exact\""),
                    variant(set.formatted(system) + "\"fidelity\": \"fast\"")));
        VariantResult exact = results.get(0);
        VariantResult fast = results.get(1);
        assertNull(fast.failure(), system);
        assertEquals(4, fast.fidelity().orElseThrow().exactPrograms(), system);
        double ratio = tpot(fast) / tpot(exact);
        assertEquals(1, ratio, 0.03, system + " " + tpot(exact));
        assertEquals(1, joules(fast) / joules(exact), 0.03, system);
      }
    } finally {
      if (before == null) {
        System.clearProperty("neupims.cache");
      } else {
        System.setProperty("neupims.cache", before);
      }
    }
  }

  private static double tpot(VariantResult result) {
    return result.serving().orElseThrow().tpot().orElseThrow().mean();
  }

  private static double joules(VariantResult result) {
    return result.energy().orElseThrow().totalJoules();
  }

  private double step(Path folder, String system, int tokens) {
    List<Setting> settings =
        List.of(
            new Setting("system", system, "test"),
            new Setting("model", folder.resolve("model.json").toString(), "test"));
    return simulation
        .step(catalog.variant(settings), List.of(new BatchEntry(tokens, 0)))
        .stepSeconds();
  }

  private static String variant(String set) {
    String name = "v" + Integer.toHexString(set.hashCode());
    return "{\"name\": \"%s\", \"set\": {%s, \"prefill\": \"separate\"}}".formatted(name, set);
  }

  private List<VariantResult> run(Path folder, String model, List<String> variants)
      throws IOException {
    String named = model.startsWith("{") ? model : "\"" + model + "\"";
    Path experiment =
        Files.writeString(
            folder.resolve("experiment.json"),
            "{\"model\": %s, \"workload\": {\"source\": \"trace\", \"file\": \"trace.csv\"},"
                    .formatted(named)
                + " \"variants\": ["
                + String.join(", ", variants)
                + "]}");
    return simulation.run(catalog.experiment(experiment, List.of()), RunObserver.NONE).variants();
  }

  private static Path folder(String... lines) throws IOException {
    Path folder = Files.createTempDirectory("neupims-pool");
    Files.writeString(folder.resolve("model.json"), MODEL);
    Files.writeString(
        folder.resolve("trace.csv"),
        "arrival_seconds,prompt_tokens,output_tokens\n" + String.join("\n", lines) + "\n");
    return folder;
  }
}
