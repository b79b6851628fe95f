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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of runs that are over, written by hand, so that what is expected can be reckoned. */
class CompareCommandTest {
  @TempDir private Path folder;

  private final TestPlatform platform = new TestPlatform();

  private static String variant(String name, double tokens, String p50, String stopped) {
    return """
    {"name": "%s", "system": "s", "tokensPerSecond": %s, "measured": "serving",
     "ttftSeconds": {"p50": %s, "p99": 2}, "tpotSeconds": null, "meanBlockCycles": 1000,
     "utilization": {"npu": 0.2, "pim": 0, "bandwidth": 0.5}, "joulesPerToken": 0.001,
     "kv": {"peakFraction": 0.5}, "channelLoad": {"maxOverMean": 1.5}, "stopped": "%s"}\
    """
        .formatted(name, tokens, p50, stopped);
  }

  private static String set(String name, String values) {
    return "{\"name\": \"%s\", \"set\": {%s}}".formatted(name, values);
  }

  private static String result(String sets, String variants, String version) {
    return """
    {"schema": 1, "experiment": {"variants": [%s]}, "variants": [%s],
     "plugins": [{"kind": "scheduler", "name": "orca", "version": "%s"}]}\
    """
        .formatted(sets, variants, version);
  }

  private Path write(String name, String json) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, json);
  }

  private Path two() throws IOException {
    return write(
        "r/result.json",
        result(
            set("base", "\"seed\": 1, \"batch\": 8, \"memory\": {\"name\": \"plain\"}")
                + ","
                + set(
                    "fast",
                    "\"seed\": 1, \"batch\": 8, \"memory\": {\"name\": \"pim\", \"pim\": {\"a\": 1,"
                        + " \"b\": {\"c\": 2}}}"),
            variant("base", 200, "0.5", "completed")
                + ","
                + variant("fast", 250, "0.4", "completed"),
            "1.0.0"));
  }

  @Test
  void figuresAreInPercentOfTheBaselines() throws IOException {
    assertEquals(0, platform.run("compare", two().toString()), platform.err());
    String text = platform.out();
    assertTrue(text.contains("2 variants on the same requests, against base"), text);
    assertTrue(line(text, "tokens/s").endsWith("200       250    +25.0 %"), text);
    assertTrue(line(text, "TTFT p50").endsWith("500.0 ms  400.0 ms    -20.0 %"), text);
    assertTrue(line(text, "PIM busy").endsWith("0.0 %     0.0 %          -"), text);
    assertTrue(line(text, "TTFT p99").endsWith("2.00 s    2.00 s          ="), text);
    assertFalse(text.contains("TPOT"), text);
    assertFalse(text.contains("ended"), text);
  }

  @Test
  void theBaselineMayBeAnyOfThem() throws IOException {
    assertEquals(0, platform.run("compare", two().toString(), "--baseline", "fast", "--json"));
    JsonObject json = JsonParser.parseString(platform.out()).getAsJsonObject();
    assertEquals("fast", json.get("baseline").getAsString());
    JsonObject tokens =
        json.getAsJsonArray("variants")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("figures")
            .getAsJsonObject("tokensPerSecond");
    assertEquals(200, tokens.get("value").getAsDouble());
    assertEquals(-20, tokens.get("differencePercent").getAsDouble(), 1e-12);
    assertEquals(3, json.getAsJsonArray("differences").size());
    assertEquals(
        "memory.pim.b.c",
        json.getAsJsonArray("differences").get(2).getAsJsonObject().get("key").getAsString());
  }

  @Test
  void onlyWhatIsSetDifferentlyIsShownAndAComponentThatIsMissingTakesOneRow() throws IOException {
    platform.run("compare", two().toString());
    String text = platform.out();
    assertTrue(line(text, "memory.name").endsWith("plain  pim"), text);
    assertTrue(line(text, "memory.pim.*").endsWith("-      2 keys"), text);
    assertFalse(text.contains("batch"), text);
  }

  @Test
  void anUnknownBaselineIsRefusedWithTheNearest() throws IOException {
    assertEquals(2, platform.run("compare", two().toString(), "--baseline", "fats"));
    assertTrue(platform.err().contains("there are base, fast; did you mean \"fast\"?"));
  }

  @Test
  void resultsOfOneNameGetTheirDirectoriesName() throws IOException {
    two();
    Path other =
        write(
            "q/result.json",
            result(
                set("base", "\"seed\": 1, \"batch\": 9"),
                variant("base", 100, "null", "interrupted"),
                "2.0.0"));
    assertEquals(
        0,
        platform.run("compare", folder.resolve("r").toString(), other.toString()),
        platform.err());
    String text = platform.out();
    assertTrue(text.contains("q:base"), text);
    assertTrue(line(text, "plugin.scheduler.orca").endsWith("1.0.0  1.0.0   2.0.0"), text);
    assertTrue(line(text, "ended").contains("completed"), text);
    assertTrue(line(text, "ended").endsWith("interrupted"), text);
  }

  @Test
  void differentRequestsAreRefusedUnlessAskedFor() throws IOException {
    Path other =
        write(
            "q/result.json",
            result(
                set("other", "\"seed\": 2, \"batch\": 8"),
                variant("other", 100, "1", "completed"),
                "1.0.0"));
    String[] both = {"compare", two().toString(), other.toString(), "--different-requests"};
    assertEquals(2, platform.run(both[0], both[1], both[2]));
    assertTrue(
        platform.err().contains("base and other do not get the same requests: seed: 1 and 2"),
        platform.err());
    assertEquals("", platform.out());
    assertEquals(0, platform.run(both));
    assertTrue(platform.out().contains("DIFFERENT REQUESTS"), platform.out());
  }

  @Test
  void columnsThatDoNotFitGoBelowBesideTheBaselineAgain() throws IOException {
    StringBuilder sets = new StringBuilder();
    StringBuilder variants = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      String comma = i == 0 ? "" : ",";
      sets.append(comma).append(set("v" + i, "\"seed\": 1, \"batch\": " + i));
      variants.append(comma).append(variant("v" + i, 100 + i, "1", "completed"));
    }
    String many =
        write("m/result.json", result(sets.toString(), variants.toString(), "1")).toString();
    platform.run("compare", many, "--width", "80");
    assertTrue(platform.out().lines().allMatch(l -> l.length() <= 80), platform.out());
    assertEquals(3, platform.out().lines().filter(l -> l.startsWith("tokens/s")).count());
    for (int i = 0; i < 7; i++) {
      assertTrue(platform.out().contains(String.valueOf(100 + i)), platform.out());
    }
  }

  @Test
  void whatIsNoResultIsRefusedByName() throws IOException {
    for (String broken :
        new String[] {
          "{\"schema\": 1}",
          "{\"schema\": 1, \"variants\": [{\"name\": \"a\"}]}",
          "{\"schema\": 1, \"variants\": [{}], \"experiment\": {\"variants\": [{}]}}"
        }) {
      TestPlatform fresh = new TestPlatform();
      String file = write("b/result.json", broken).toString();
      assertEquals(2, fresh.run("compare", file));
      assertTrue(fresh.err().contains(file + ": "), fresh.err());
    }
    assertEquals(2, platform.run("compare", folder.toString()));
    assertTrue(platform.err().contains("result.json: no such file"), platform.err());
  }

  @Test
  void settingsForResultsAloneAndThreadsOutOfRangeAreRefused() throws IOException {
    assertEquals(2, platform.run("compare", two().toString(), "--set", "batch=8"));
    assertTrue(platform.err().contains("--set batch=8: there is no experiment"), platform.err());
    assertEquals(2, platform.run("run", "--threads", "0", "--out", folder.toString()));
    assertTrue(platform.err().contains("--threads 0: out of range"), platform.err());
  }

  private static String line(String text, String begin) {
    return text.lines().filter(l -> l.startsWith(begin)).findFirst().orElse("no " + begin);
  }
}
