// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose process is killed or interrupted go on to the bytes that they would have given. */
class ResumeIT {
  /** An answer of this run's device takes about a kilobyte. */
  private static final long FEW_ANSWERS = 3_000;

  @TempDir private Path folder;

  @Test
  void aRunThatIsKilledAndThenInterruptedGivesTheSameBytesInTheEnd() throws Exception {
    Files.writeString(
        folder.resolve("serve.json"),
        """
        {"model": "gpt3-7b", "tp": 4, "batch": 16,
         "workload": {"source": "poisson", "dataset": "alpaca", "rate": 2000, "requests": 60},
         "measure.window.iterations": 30,
         "swaps": [{"atIteration": 2, "scheduler": "sarathi"}, {"atIteration": 20, "split": "none"}],
         "variants": [{"name": "separate", "set": {"prefill": "separate"}},
                      {"name": "two", "set": {"replicas": 2}}]}
        """);
    Distribution.Run whole = run("run", "serve.json", "--out", "whole");
    assertEquals(0, whole.exitCode(), whole.err());
    assertFalse(Files.exists(folder.resolve("whole/journal")));

    Process killed = start("run", "serve.json", "--out", "part", "--threads", "1");
    awaitJournal(killed, FEW_ANSWERS);
    killed.destroyForcibly().waitFor();
    assertFalse(Files.exists(folder.resolve("part/result.json")));

    Process interrupted = start("run", "--resume", "part");
    awaitJournal(interrupted, Files.size(journal()) + FEW_ANSWERS);
    // SIGTERM, which is handled as Ctrl-C is: a build in the background ignores SIGINT.
    interrupted.destroy();
    assertTrue(interrupted.waitFor(2, TimeUnit.MINUTES));
    String said = Files.readString(folder.resolve("err.txt"));
    assertTrue(said.contains("to go on: neupims run --resume part"), said);
    assertTrue(said.contains("separate: goes on after "), said);

    Distribution.Run resumed = run("run", "--resume", "part");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(
        whole.out().replace("whole", "part"), resumed.out(), "the tables are the same as well");
    for (String csv : new String[] {"requests.csv", "iterations.csv", "recording.json"}) {
      assertEquals(
          -1,
          Files.mismatch(folder.resolve("whole").resolve(csv), folder.resolve("part").resolve(csv)),
          csv);
    }
    assertEquals(
        CommandLineIT.withoutWallTimes(Files.readString(folder.resolve("whole/result.json"))),
        CommandLineIT.withoutWallTimes(Files.readString(folder.resolve("part/result.json"))));
    assertFalse(Files.exists(folder.resolve("part/journal")));

    Distribution.Run again = run("run", "--resume", "part");
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("the run is complete"), again.err());
  }

  private Path journal() {
    return folder.resolve("part/journal/0.journal");
  }

  /** Waits until the first variant has so many bytes of answers. */
  private void awaitJournal(Process run, long bytes) throws Exception {
    while (!Files.exists(journal()) || Files.size(journal()) < bytes) {
      String err = Files.readString(folder.resolve("err.txt"));
      assertTrue(run.isAlive(), "the run was over before it could be stopped: " + err);
      Thread.sleep(20);
    }
  }

  private Distribution.Run run(String... arguments) throws Exception {
    return Distribution.run(folder, arguments);
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Distribution.HOME.resolve("bin/neupims").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }
}
