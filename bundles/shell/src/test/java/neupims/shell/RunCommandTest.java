// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run} takes and leaves behind. */
class RunCommandTest {
  private final TestPlatform platform = new TestPlatform();

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
    assertEquals(
        List.of(new Setting("workload.lenient", "true", "--lenient")), platform.catalog.settings);
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
    platform.simulation.fails = new IllegalStateException("the power is gone");
    assertEquals(1, platform.run("run", "--out", directory.toString()));
    assertFalse(Files.exists(stale), "or the run could not be resumed");
  }

  @Test
  void aRunsModelIsASettingBelowSet(@TempDir Path directory) {
    platform.run(
        "run", "--model", "a/config.json", "--set", "batch=8", "--out", directory.toString());
    assertEquals(
        List.of("model=a/config.json", "batch=8"),
        platform.catalog.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
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
}
