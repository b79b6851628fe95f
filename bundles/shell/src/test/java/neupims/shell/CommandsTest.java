// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import neupims.api.run.PluginCheck;
import neupims.api.run.PluginInfo;
import neupims.api.run.PropertyResult;
import neupims.api.run.Setting;
import neupims.api.run.ValidationCase;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private final TestPlatform platform = new TestPlatform();

  @Test
  void aMistypedOptionIsBadUsageWithTheNearestOne() {
    assertEquals(2, platform.run("step", "--requests", "x.csv", "--sytem", "neupims"));
    assertTrue(platform.err().contains("--system"), platform.err());
    assertTrue(platform.err().contains("neupims step --help"), platform.err());
    assertEquals("", platform.out());
  }

  @Test
  void aMistypedCommandIsBadUsageWithTheNearestOne() {
    assertEquals(2, platform.run("rnu"));
    assertTrue(platform.err().contains("did you mean \"run\"?"), platform.err());
  }

  @Test
  void noCommandIsBadUsageThatNamesTheCommands() {
    assertEquals(2, platform.run());
    assertTrue(
        platform.err().contains("one of: list, model, step, run,")
            && platform.err().contains(", reproduce"),
        platform.err());
  }

  @Test
  void helpOfEveryCommandHasAnExample() {
    for (String command :
        List.of(
            "list",
            "model",
            "step",
            "run",
            "compare",
            "micro",
            "micro stream",
            "micro gemv",
            "micro gemm",
            "validate",
            "new",
            "check",
            "reproduce",
            "help",
            "version")) {
      TestPlatform fresh = new TestPlatform();
      assertEquals(0, fresh.run((command + " --help").split(" ")));
      assertTrue(fresh.out().contains("Example: neupims " + command), fresh.out());
    }
  }

  @Test
  void helpListsCommandsAndExplainsOneAndVersionIsACommand() {
    assertEquals(0, platform.run("help"));
    assertTrue(platform.out().contains("\nreproduce "), platform.out());
    assertFalse(platform.out().contains("\nswap "), "that is the lab's: " + platform.out());
    TestPlatform other = new TestPlatform();
    assertEquals(0, other.run("help", "run"));
    assertTrue(other.out().contains("Usage: neupims run"), other.out());
    TestPlatform last = new TestPlatform();
    assertEquals(0, last.run("version"));
    assertTrue(last.out().startsWith("neupims "), last.out());
  }

  @Test
  void aResultOfAnotherRunIsReplacedWithAWord(@TempDir Path directory) throws IOException {
    String out = directory.toString();
    assertEquals(0, platform.run("run", "--out", out));
    assertFalse(platform.err().contains("is replaced"), platform.err());
    Files.writeString(directory.resolve("result.json"), "{}");
    TestPlatform second = new TestPlatform();
    assertEquals(0, second.run("run", "--out", out));
    String line = "the result of an earlier run in " + out + " is replaced";
    assertTrue(second.err().contains(line), second.err());
  }

  @Test
  void aSavedCallIsNamedFromWhereTheUserStands() {
    assertEquals(
        "x; to make the call again: ./neupims replay-call runs/a/failures/b.json",
        SavedCalls.from(
            Path.of("runs/a"), "x; to make the call again: ./neupims replay-call failures/b.json"));
  }

  @Test
  void lenientIsASettingOfTheWorkload(@TempDir Path directory) {
    assertEquals(0, platform.run("run", "--lenient", "--out", directory.toString()));
    assertEquals(List.of(new Setting("workload.lenient", "true", "--lenient")), platform.settings);
  }

  @Test
  void resumingTakesTheDirectoryOfARunThatEndedEarlyAndNothingElse(@TempDir Path directory)
      throws Exception {
    String dir = directory.toString();
    assertEquals(2, platform.run("run", "--resume", dir, "--set", "batch=8"));
    assertTrue(platform.err().contains("--resume goes on with the experiment"), platform.err());
    assertEquals(2, platform.run("run", "--resume", dir));
    assertTrue(platform.err().contains("there is no recording.json"), platform.err());
    Files.writeString(directory.resolve("recording.json"), "{}");
    Files.writeString(
        directory.resolve("result.json"), "{\"variants\": [{\"stopped\": \"completed\"}]}");
    assertEquals(2, platform.run("run", "--resume", dir));
    assertTrue(platform.err().contains("the run is complete"), platform.err());
    Files.writeString(
        directory.resolve("result.json"), "{\"variants\": [{\"stopped\": \"failed\"}]}");
    assertEquals(0, platform.run("run", "--resume", dir));
  }

  @Test
  void aRunIntoADirectoryOfAnEarlierOneTakesItsResultAway(@TempDir Path directory)
      throws Exception {
    Path stale = Files.writeString(directory.resolve("result.json"), "{}");
    platform.simulationFails = new IllegalStateException("the power is gone");
    assertEquals(1, platform.run("run", "--out", directory.toString()));
    assertFalse(Files.exists(stale), "or the run could not be resumed");
  }

  @Test
  void listPrintsPluginsCatalogAndWhatCouldNotStart() {
    assertEquals(0, platform.run("list"));
    assertTrue(platform.out().contains("report  json  test    1.0.0    a report"), platform.out());
    assertTrue(platform.out().contains("systems       system-1, system-2"), platform.out());
    assertTrue(platform.out().contains("x.jar: not a zip"), platform.out());
  }

  @Test
  void listAsJsonHasTheContractsFields() {
    assertEquals(0, platform.run("list", "--json"));
    JsonObject json = object();
    for (String field : List.of("plugins", "models", "memories", "npus", "systems", "datasets")) {
      assertTrue(json.has(field), field);
    }
    JsonObject plugin = json.getAsJsonArray("plugins").get(0).getAsJsonObject();
    assertEquals(
        List.of("kind", "name", "bundle", "version", "description"), List.copyOf(plugin.keySet()));
  }

  @Test
  void modelAsJsonHasTheContractsFields() {
    assertEquals(0, platform.run("model", "any", "--tp", "2", "--json"));
    JsonObject json = object();
    // 8 layers of 64 wide: 4 x 64^2 + 4 x 64 attention, 2 x 64 x 128 + 192 network, 4 x 64 norms;
    // 1,000 tokens, 100 positions, a last norm.
    long parameters = 8 * (16_384 + 256 + 16_384 + 192 + 256) + (1_000 + 100 + 2) * 64;
    assertEquals(parameters, json.get("parameters").getAsLong());
    assertEquals(parameters, json.get("activeParameters").getAsLong());
    assertEquals(2 * parameters, json.get("weightBytes").getAsLong());
    assertEquals(2 * 8 * 64 * 2, json.get("kvBytesPerToken").getAsLong());
    assertEquals("tiny", json.get("name").getAsString());
    assertEquals("gpt3", json.get("family").getAsString());
    assertEquals(8, json.get("layers").getAsInt());
    assertEquals(64, json.get("hidden").getAsInt());
    assertEquals(4, json.get("kvHeads").getAsInt());
    assertEquals(16, json.get("headDim").getAsInt());
    assertEquals(128, json.get("ffn").getAsInt());
    assertEquals(0, json.get("experts").getAsInt());
    assertEquals(100, json.get("maxPositions").getAsInt());
    assertEquals("fp16", json.getAsJsonObject("precision").get("kv").getAsString());
    assertEquals(
        List.of("model=any", "tp=2"),
        platform.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
  }

  @Test
  void aRunsModelIsASettingBelowSet(@TempDir Path directory) {
    platform.run(
        "run", "--model", "a/config.json", "--set", "batch=8", "--out", directory.toString());
    assertEquals(
        List.of("model=a/config.json", "batch=8"),
        platform.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
  }

  @Test
  void aModelIsATableForPeople() {
    assertEquals(0, platform.run("model", "any"));
    assertTrue(
        platform.out().lines().anyMatch(l -> l.matches("KV cache of a token +2,048 B, fp16")),
        platform.out());
    assertEquals(2, new TestPlatform().run("model"));
  }

  @Test
  void stepAsJsonHasTheContractsFields() {
    assertEquals(0, platform.run("step", "--requests", "x.csv", "--json"));
    JsonObject json = object();
    assertEquals(10, json.get("blockCycles").getAsLong());
    assertEquals(320, json.get("stepCycles").getAsLong());
    assertEquals(1, json.get("tp").getAsInt());
    assertEquals(2, json.get("requests").getAsInt());
    assertEquals(0.5, json.getAsJsonObject("utilization").get("pim").getAsDouble());
    assertEquals(128, json.getAsJsonObject("traffic").get("writeBytes").getAsLong());
    assertEquals(0, json.getAsJsonObject("commands").get("PIM_PRE").getAsLong());
    assertEquals(2, json.getAsJsonObject("commands").get("WR").getAsLong());
    assertEquals(0.5, json.getAsJsonObject("kv").get("peakFraction").getAsDouble());
    assertEquals(0.25, json.get("wallSeconds").getAsDouble());
    assertEquals(1, json.getAsJsonObject("energyJoules").get("npu").getAsDouble());
    assertEquals(2, json.getAsJsonObject("energyJoules").get("memory").getAsDouble());
    assertEquals(5, json.getAsJsonObject("energyJoules").get("pim").getAsDouble());
    assertEquals(8, json.getAsJsonObject("energyJoules").get("total").getAsDouble());
    assertEquals(
        "A", json.getAsJsonArray("stages").get(0).getAsJsonObject().get("name").getAsString());
  }

  @Test
  void anEnergyThatIsNotKnownIsNullAndNotZero() {
    platform.energy = Optional.empty();
    platform.run("step", "--requests", "x.csv", "--json");
    assertTrue(object().get("energyJoules").isJsonNull());
  }

  @Test
  void aStepsEnergyIsALineOfTheText() {
    platform.run("step", "--requests", "x.csv");
    String line =
        "energy: 8,000.00 mJ on 1 device, 4,000.00 mJ a token; NPU 12.5 %, memory 25.0 %,"
            + " PIM 62.5 %";
    assertTrue(platform.out().lines().anyMatch(line::equals), platform.out());
  }

  @Test
  void optionsBecomeSettingsAndSetComesLast() {
    platform.run(
        "step", "--requests", "x.csv", "--set", "a.b=1=2", "--tp", "8", "--system", "npu-pim");
    assertEquals(
        List.of("system=npu-pim", "model=gpt3-7b", "tp=8", "a.b=1=2"),
        platform.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
  }

  @Test
  void aSettingWithoutValueIsBadInput() {
    assertEquals(2, platform.run("step", "--requests", "x.csv", "--set", "reference"));
    assertTrue(platform.err().contains("--set reference: expected KEY=VALUE"), platform.err());
  }

  @Test
  void badInputExitsWithTwoAndWithoutAStackTrace() {
    platform.simulationFails = new InputException("x.csv, line 3: no");
    assertEquals(2, platform.run("step", "--requests", "x.csv"));
    assertEquals("neupims step: x.csv, line 3: no", platform.err().strip());
  }

  @Test
  void aFailureExitsWithOneAndWithoutAStackTrace() {
    platform.simulationFails = new IllegalStateException("memory model x broke at cycle 7");
    assertEquals(1, platform.run("step", "--requests", "x.csv"));
    assertTrue(platform.err().startsWith("neupims step failed: memory model x"), platform.err());
    assertFalse(platform.err().contains("\tat "), platform.err());
  }

  @Test
  void warningsGoToTheErrorStream() {
    platform.warnings = List.of("over-committed");
    assertEquals(0, platform.run("step", "--requests", "x.csv", "--json"));
    assertTrue(platform.err().contains("warning: over-committed"), platform.err());
    assertEquals(2, object().get("requests").getAsInt());
  }

  @Test
  void runComparesWithTheFirstVariantAndNamesTheFile(@TempDir Path directory) {
    assertEquals(0, platform.run("run", "--out", directory.resolve("new").toString()));
    List<String> lines = platform.out().lines().toList();
    assertTrue(lines.get(2).startsWith("VARIANT  TOKENS/S  VS SLOW"), platform.out());
    assertTrue(lines.get(3).matches("slow +500 +1.00x +12,345 +25.0 % +50.0 % +75.0 % +8.00"));
    assertTrue(lines.get(4).matches("fast +2,000 +4.00x .*"));
    assertTrue(platform.out().contains("The rest is in " + directory.resolve("new/result.json")));
    assertTrue(Files.exists(directory.resolve("new/result.json")));
  }

  @Test
  void runAsJsonPrintsTheResultAndNothingElse(@TempDir Path directory) {
    assertEquals(0, platform.run("run", "--json", "--out", directory.toString()));
    assertEquals("{}\n", platform.out());
  }

  @Test
  void aFileAsOutputDirectoryIsBadInput(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertEquals(2, platform.run("run", "--out", file.toString()));
    assertTrue(platform.err().contains("is a file, not a directory"), platform.err());
  }

  @Test
  void anOptionThatIsNoNumberIsNamedWithWhatIsExpected() {
    assertEquals(2, platform.run("step", "--requests", "b.csv", "--tp", "x"));
    assertTrue(platform.err().contains("step: --tp x: expected a whole number"), platform.err());
  }

  @Test
  void anInterruptedStepEndsWithTheCodeOfTheSignal() {
    platform.simulationFails = new CancellationException("interrupted");
    assertEquals(130, platform.run("step", "--requests", "b.csv"));
    assertTrue(platform.err().contains("step: interrupted"), platform.err());
  }

  @Test
  void microGivesTheContractsFields() {
    assertEquals(
        0,
        platform.run(
            "micro", "stream", "--memory", "m", "--pattern", "bgrr", "--requests", "7", "--json"));
    assertEquals(7, object().get("cycles").getAsLong());
    assertEquals(0, object().getAsJsonObject("commands").get("RD").getAsLong());
  }

  @Test
  void microRefusesUnknownPatternsAndOperations() {
    assertEquals(
        2,
        platform.run("micro", "stream", "--memory", "m", "--pattern", "zigzag", "--requests", "7"));
    assertTrue(platform.err().contains("zigzag"), platform.err());
    assertEquals(
        2,
        platform.run(("micro gemv --memory m --op sum --seq 1 --heads 1 --head-dim 1").split(" ")));
    assertTrue(platform.err().contains("expected logit, attend or both"), platform.err());
  }

  @Test
  void validateExitsWithOneWhenAFigureIsOutOfItsBound() {
    platform.validation = List.of(ValidationCase.figure("a.b", "cycles", 110, 100, 10));
    assertEquals(0, platform.run("validate"));
    assertTrue(platform.out().contains("+10.00 %"), platform.out());
    platform.validation = List.of(ValidationCase.figure("a.b", "cycles", 89, 100, 10));
    assertEquals(1, platform.run("validate"));
    assertTrue(platform.out().contains("-11.00 %"), platform.out());
    assertTrue(platform.out().contains("0 of 1 within their bounds"), platform.out());
  }

  private JsonObject object() {
    return JsonParser.parseString(platform.out()).getAsJsonObject();
  }

  @Test
  void aCheckOfOnePluginIsTheObjectThatMachinesRead() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(new PluginCheck(mine, List.of(new PropertyResult("causality", false, "late"))));
    assertEquals(1, platform.run("check", "my.jar", "--json"));
    JsonObject json = JsonParser.parseString(platform.out()).getAsJsonObject();
    assertEquals("mine", json.get("plugin").getAsString());
    assertEquals("scheduler", json.get("kind").getAsString());
    JsonObject property = json.getAsJsonArray("properties").get(0).getAsJsonObject();
    assertEquals("causality", property.get("name").getAsString());
    assertEquals("late", property.get("detail").getAsString());
    assertFalse(property.get("pass").getAsBoolean());
    assertFalse(json.get("pass").getAsBoolean());
  }

  @Test
  void whatWasNotTriedDoesNotHold() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(
            new PluginCheck(
                mine,
                List.of(
                    new PropertyResult("name", true, "mine"),
                    new PropertyResult("causality", false, false, "valid plans is broken"))));
    assertEquals(1, platform.run("check", "my.jar"));
    String row = "not tried +causality +valid plans is broken";
    assertTrue(platform.out().lines().anyMatch(l -> l.matches(row)), platform.out());
    String sum = "1 of 2 properties hold, 1 cannot be told";
    assertTrue(platform.out().contains(sum), platform.out());
  }

  @Test
  void aCheckThatHoldsExitsWithZero() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(new PluginCheck(mine, List.of(new PropertyResult("causality", true, "9 cases"))));
    assertEquals(0, platform.run("check", "my.jar"));
    assertTrue(platform.out().contains("scheduler mine (my 1.0.0)"), platform.out());
    assertTrue(platform.out().contains("1 of 1 properties hold"), platform.out());
    assertEquals(2, platform.run("check", "my.jar", "--limit", "0"));
  }
}
