// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Stage;
import neupims.api.run.Experiment;
import neupims.api.run.IterationRecord;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginInfo;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
  private static final PluginInfo SPLIT = new PluginInfo("split", "none", "x", "1.0.0", "");
  private static final PluginInfo COMPILER =
      new PluginInfo("compiler", "offload", "y", "1.0.0", "");

  @Test
  void theResultHasTheContractsFields(@TempDir Path directory) throws IOException {
    JsonObject json = written(directory, 1.5);
    assertEquals(1, json.get("schema").getAsInt());
    assertEquals(7, json.get("seed").getAsLong());
    assertEquals("gpt", json.getAsJsonObject("experiment").get("model").getAsString());
    JsonObject variant = json.getAsJsonArray("variants").get(0).getAsJsonObject();
    assertEquals(500, variant.get("tokensPerSecond").getAsDouble());
    assertEquals(1.2, variant.getAsJsonObject("channelLoad").get("maxOverMean").getAsDouble());
    assertEquals(0.4, variant.getAsJsonObject("kv").get("peakFraction").getAsDouble());
    assertEquals(7, variant.getAsJsonObject("workload").get("linesSkipped").getAsLong());
    JsonObject energy = variant.getAsJsonObject("energyJoules");
    assertEquals(1, energy.get("npu").getAsDouble());
    assertEquals(2, energy.get("memory").getAsDouble());
    assertEquals(5, energy.get("pim").getAsDouble());
    assertEquals(8, energy.get("total").getAsDouble());
    assertEquals(0.008, variant.get("joulesPerToken").getAsDouble());
    assertEquals("completed", variant.get("stopped").getAsString());
    assertTrue(variant.get("failure").isJsonNull());
    JsonObject step = variant.getAsJsonArray("steps").get(0).getAsJsonObject();
    assertEquals(
        10,
        step.getAsJsonArray("microBatches")
            .get(0)
            .getAsJsonObject()
            .get("blockCycles")
            .getAsLong());
  }

  @Test
  void aPlugInOfSeveralVariantsIsListedOnceInOrderOfKind(@TempDir Path directory)
      throws IOException {
    List<String> names =
        written(directory, 1).getAsJsonArray("plugins").asList().stream()
            .map(p -> p.getAsJsonObject().get("name").getAsString())
            .toList();
    assertEquals(List.of("offload", "none"), names);
  }

  @Test
  void onlyWallTimesDifferBetweenTwoRuns(@TempDir Path directory) throws IOException {
    written(directory, 1);
    List<String> first = Files.readAllLines(directory.resolve("result.json"));
    written(directory, 2);
    List<String> second = Files.readAllLines(directory.resolve("result.json"));
    first.removeIf(line -> line.contains("wallSeconds"));
    second.removeIf(line -> line.contains("wallSeconds"));
    assertEquals(first, second);
  }

  private static JsonObject written(Path directory, double wallSeconds) throws IOException {
    VariantResult a = result("a", wallSeconds);
    VariantResult b = result("b", wallSeconds);
    Experiment experiment =
        new Experiment("e", 7, List.of(a.variant(), b.variant()), "{\"model\": \"gpt\"}");
    Path file =
        new JsonReport((of, swaps) -> of.resolvedJson())
            .write(new RunResult(experiment, List.of(a, b)), directory);
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static VariantResult result(String name, double wallSeconds) {
    DeviceReport device =
        new DeviceReport(
            10,
            List.of(new StageReport("A", Stage.Repeat.EVERY_LAYER, true, 10, Optional.empty())),
            List.of(),
            new Utilization(0.25, 0.5, 0.75),
            Stalls.NONE,
            new Traffic(64, 128),
            Map.of(),
            wallSeconds);
    Optional<Energy> energy = Optional.of(new Energy(1, 2, 5));
    return new VariantResult(
        SampleVariants.variant(name),
        MeasureSpec.Mode.SNAPSHOTS,
        1,
        3,
        1000,
        2,
        10,
        device.utilization(),
        energy,
        0.4,
        1.2,
        300,
        7,
        List.of(new IterationRecord(5, 1000, 300_000, 80, energy, List.of(device))),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(SPLIT, COMPILER),
        wallSeconds,
        "completed",
        null);
  }
}
