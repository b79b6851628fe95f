// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the lab, with runs that never end by themselves. */
class LabCommandsTest {
  @TempDir private Path folder;
  private final TestPlatform platform = new TestPlatform();
  private final LabCommands lab = platform.lab();

  @AfterEach
  void end() {
    platform.simulation.live.forEach(FakeLiveRun::stop);
  }

  @Test
  void aRunGoesOnInTheBackgroundUnderTheNameOfItsExperimentOrTheUsers() {
    assertEquals(0, start("1"));
    assertEquals(0, start("2"));
    assertEquals(0, start("3", "--name", "mine"));

    String out = platform.out();
    assertTrue(out.contains("test runs; its files go to " + folder.resolve("1")), out);
    assertTrue(out.contains("test-2 runs; "), out);
    assertTrue(out.contains("mine runs; "), out);
  }

  @Test
  void aNameThatIsTakenOrNoNameIsRefused() {
    start("1", "--name", "mine");
    assertRefused("--name mine: there is a run of that name", () -> start("2", "--name", "mine"));
    assertRefused("letters, digits, dots", () -> start("3", "--name", "a/b"));
    assertEquals(1, platform.simulation.live.size());
  }

  @Test
  void anExperimentThatIsRefusedIsNoRun() {
    platform.simulation.fails = new InputException("unknown scheduler");
    assertRefused("unknown scheduler", () -> start("1"));
    platform.simulation.fails = null;
    platform.run(lab, "status");
    assertTrue(platform.out().contains("no run yet"), platform.out());
  }

  @Test
  void controlsActOnTheOnlyRunThatIsUnderWay() {
    start("1");
    platform.run(lab, "pause");
    platform.run(lab, "resume");
    platform.run(lab, "swap", "scheduler", "vllm");
    platform.run(lab, "swap", "split", "none", "--variant", "fast");
    platform.run(lab, "stop");

    assertEquals(
        List.of("pause", "resume", "swap null scheduler vllm", "swap fast split none", "stop"),
        platform.simulation.live.get(0).asked);
  }

  @Test
  void withSeveralRunsOneMustBeNamed() {
    start("1", "--name", "a");
    start("2", "--name", "b");
    assertRefused("which run? under way: a, b", () -> platform.run(lab, "pause"));
    assertRefused("unknown run \"c\"; there are a, b", () -> platform.run(lab, "pause", "c"));
    assertEquals(0, platform.run(lab, "swap", "router", "x", "--run", "b"));
    assertEquals(List.of("swap null router x"), platform.simulation.live.get(1).asked);
    assertEquals(List.of(), platform.simulation.live.get(0).asked);
  }

  @Test
  void anUnknownKindNamesThoseThatCanBeSwapped() {
    start("1");
    assertRefused(
        "unknown kind \"shceduler\"; these can be swapped: scheduler, placement, split, estimator,"
            + " compiler, router; did you mean \"scheduler\"?",
        () -> platform.run(lab, "swap", "shceduler", "vllm"));
  }

  @Test
  void aStoppedRunIsWrittenDownAnnouncedAndShown() {
    start("1", "--name", "a");
    assertRefused("run a is under way", () -> platform.run(lab, "result"));
    platform.run(lab, "stop", "a");

    assertTrue(
        platform.announced.stream().anyMatch(line -> line.startsWith("a: test: ")),
        platform.announced::toString);
    assertEquals(0, platform.run(lab, "result"));
    assertTrue(platform.out().contains("The rest is in "), platform.out());
    assertRefused("run a is over", () -> platform.run(lab, "pause", "a"));
    assertRefused("no run is under way", () -> platform.run(lab, "pause"));
  }

  @Test
  void statusSaysHowFarEachVariantIsAndWhyItWaits() {
    start("1", "--name", "a");
    platform.run(lab, "status");
    List<String> lines = platform.out().lines().toList();
    assertEquals(
        List.of("a", "fast", "waiting", "orca", "12,345", "7", "of", "10", "1.500", "s"),
        List.of(lines.get(2).split(" +")));
    assertEquals("a, fast: a note", lines.get(3));
  }

  @Test
  void whoeverLeavesKnowsWhatIsUnderWay() {
    assertEquals(List.of(), lab.runsUnderWay());
    start("1", "--name", "a");
    assertEquals(List.of("a"), lab.runsUnderWay());
  }

  @Test
  void jsonOfARunMeansToWaitForIt() {
    assertEquals(0, start("1", "--json"));
    assertEquals(0, platform.simulation.live.size());
  }

  @Test
  void helpListsEveryCommandAndExplainsOne() {
    platform.run(lab, "help");
    lab.names().stream()
        .filter(name -> !name.equals("quit"))
        .forEach(name -> assertTrue(platform.out().contains("\n" + name + " "), name));
    assertEquals(0, platform.run(lab, "help", "swap"));
    assertTrue(platform.out().contains("Usage: neupims swap"), platform.out());
    assertRefused("did you mean \"swap\"?", () -> platform.run(lab, "help", "swpa"));
  }

  @Test
  void exitEndsTheLab() {
    assertFalse(lab.isOver());
    platform.run(lab, "exit");
    assertTrue(lab.isOver());
  }

  @Test
  void whatMayBeTypedNextIsKnown() {
    start("1", "--name", "a");
    assertTrue(lab.candidates(List.of()).containsAll(List.of("run", "swap", "exit")));
    assertEquals(List.of("a"), lab.candidates(List.of("stop")));
    assertTrue(lab.candidates(List.of("swap")).contains("placement"));
    assertEquals(List.of("json"), lab.candidates(List.of("swap", "report")));
    assertEquals(List.of("a"), lab.candidates(List.of("swap", "split", "none", "--run")));
    assertEquals(List.of("fast"), lab.candidates(List.of("swap", "split", "none", "--variant")));
    assertEquals(List.of("system-1", "system-2"), lab.candidates(List.of("step", "--system")));
    assertTrue(lab.candidates(List.of("run")).contains("--set"));
    assertEquals(List.of(), lab.candidates(List.of("nonsense")));
  }

  private int start(String directory, String... more) {
    String[] words = new String[3 + more.length];
    words[0] = "run";
    words[1] = "--out";
    words[2] = folder.resolve(directory).toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return platform.run(lab, words);
  }

  private void assertRefused(String message, IntSupplier command) {
    assertEquals(2, command.getAsInt(), platform.err());
    assertTrue(platform.err().contains(message), platform.err());
  }
}
