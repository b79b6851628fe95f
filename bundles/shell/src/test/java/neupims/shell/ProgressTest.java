// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.MeasureSpec;
import neupims.api.run.Variant;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String LINE =
      "fast: 12,345 iterations, 7 of 10 requests, 1.500 s simulated; a note";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalAVariantIsSaidToBeDoneOnce() {
    try (Progress progress = new Progress(err, false, 2)) {
      progress.progress("a", 1, 2);
      progress.progress("a", 2, 2);
      progress.progress("a", 2, 2);
      progress.progress("b", 2, 2);
    }
    assertEquals(String.format("a: done%nb: done%n"), bytes.toString(StandardCharsets.UTF_8));
  }

  /** A trace that is read to its end: nothing of 0 is done before the first request is. */
  @Test
  void whatHasNoKnownEndIsNotSaidToBeDone() {
    try (Progress progress = new Progress(err, false, 1)) {
      progress.progress("a", 0, 0);
      progress.progress("a", 3, 0);
    }
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
  }

  private List<String> lines(boolean terminal, long requests, int ticks) {
    Variant variant =
        SampleVariants.variant(
            "fast", SampleVariants.variant("a").shard(), MeasureSpec.snapshots(0, 1, 1), requests);
    Experiment experiment = new Experiment("e", 1, List.of(variant), "{}");
    FakeLiveRun run = new FakeLiveRun(experiment, null);
    try (Progress progress = new Progress(err, terminal, 1)) {
      for (int tick = 1; tick <= ticks; tick++) {
        progress.tick(run, tick);
      }
      run.stop();
      progress.tick(run, ticks + 1);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void whereThereIsNoTerminalALineNowAndThenSaysHowFarItIs() {
    assertEquals(List.of(LINE, LINE), lines(false, 0, 2));
  }

  @Test
  void whoWaitsLongForAServingRunIsToldOnceOfTheFasterWay() {
    List<String> lines = lines(false, 10, 8);
    assertEquals(8, lines.stream().filter(LINE::equals).count());
    assertEquals(1, lines.stream().filter(line -> line.contains("fidelity=fast")).count());
  }

  @Test
  void aTerminalGetsTheHintAlone() {
    List<String> lines = lines(true, 10, 8);
    assertEquals(1, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("fidelity=fast"), lines.toString());
  }
}
