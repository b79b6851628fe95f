// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import neupims.api.run.ValidationCase;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;

/** What all commands have in common, and those that print a table or an object. */
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
  void listPrintsPluginsCatalogAndWhatCouldNotStart() {
    assertEquals(0, platform.run("list"));
    assertTrue(platform.out().contains("report  json  test    1.0.0    a report"), platform.out());
    assertTrue(platform.out().contains("systems       system-1, system-2"), platform.out());
    assertTrue(platform.out().contains("x.jar: not a zip"), platform.out());
  }

  @Test
  void listAsJsonHasTheContractsFields() {
    assertEquals(0, platform.run("list", "--json"));
    JsonObject json = platform.json();
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
    JsonObject json = platform.json();
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
        platform.catalog.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
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
  void aSettingWithoutValueIsBadInput() {
    assertEquals(2, platform.run("step", "--requests", "x.csv", "--set", "reference"));
    assertTrue(platform.err().contains("--set reference: expected KEY=VALUE"), platform.err());
  }

  @Test
  void badInputExitsWithTwoAndWithoutAStackTrace() {
    platform.simulation.fails = new InputException("x.csv, line 3: no");
    assertEquals(2, platform.run("step", "--requests", "x.csv"));
    assertEquals("neupims step: x.csv, line 3: no", platform.err().strip());
  }

  @Test
  void aFailureExitsWithOneAndWithoutAStackTrace() {
    platform.simulation.fails = new IllegalStateException("memory model x broke at cycle 7");
    assertEquals(1, platform.run("step", "--requests", "x.csv"));
    assertTrue(platform.err().startsWith("neupims step failed: memory model x"), platform.err());
    assertFalse(platform.err().contains("\tat "), platform.err());
  }

  @Test
  void anOptionThatIsNoNumberIsNamedWithWhatIsExpected() {
    assertEquals(2, platform.run("step", "--requests", "b.csv", "--tp", "x"));
    assertTrue(platform.err().contains("step: --tp x: expected a whole number"), platform.err());
  }

  @Test
  void microGivesTheContractsFields() {
    assertEquals(
        0,
        platform.run(
            "micro", "stream", "--memory", "m", "--pattern", "bgrr", "--requests", "7", "--json"));
    assertEquals(7, platform.json().get("cycles").getAsLong());
    assertEquals(0, platform.json().getAsJsonObject("commands").get("RD").getAsLong());
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
    platform.validation.cases = List.of(ValidationCase.figure("a.b", "cycles", 110, 100, 10));
    assertEquals(0, platform.run("validate"));
    assertTrue(platform.out().contains("+10.00 %"), platform.out());
    platform.validation.cases = List.of(ValidationCase.figure("a.b", "cycles", 89, 100, 10));
    assertEquals(1, platform.run("validate"));
    assertTrue(platform.out().contains("-11.00 %"), platform.out());
    assertTrue(platform.out().contains("0 of 1 within their bounds"), platform.out());
  }
}
