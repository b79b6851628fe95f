// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments side by side, as a user types it. */
class CompareIT {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(
        folder.resolve("model.json"),
        "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024,"
            + " \"vocabulary\": 100, \"maxPositions\": 128}");
    String experiment =
        "{\"model\": \"model.json\", \"prefill\": \"mixed\", \"workload\": {\"source\":"
            + " \"poisson\", \"dataset\": \"alpaca\", \"rate\": 20000, \"requests\": 12},"
            + " \"variants\": [{\"name\": \"base\", \"set\": {\"scheduler\": \"%s\"}},"
            + " {\"name\": \"%s\", \"set\": {\"system\": \"npu-only\"}}]}";
    Files.writeString(folder.resolve("a.json"), experiment.formatted("orca", "plain"));
    Files.writeString(folder.resolve("b.json"), experiment.formatted("vllm", "simple"));
  }

  @Test
  void theOutcomeDoesNotDependOnTheNumberOfThreads() throws Exception {
    for (String threads : new String[] {"1", "2"}) {
      Distribution.Run run =
          Distribution.run(
              folder, "compare", "a.json", "b.json", "--threads", threads, "--out", threads);
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.out().contains("3 variants on the same requests, against a:base"), run.out());
      assertTrue(run.err().contains("a:plain and b:simple resolve to the same"), run.err());
    }
    for (String file : new String[] {"compare.json", "requests.csv", "iterations.csv"}) {
      assertEquals(-1, Files.mismatch(in("1", file), in("2", file)), file);
    }
    assertEquals(
        CommandLineIT.withoutWallTimes(Files.readString(in("1", "result.json"))),
        CommandLineIT.withoutWallTimes(Files.readString(in("2", "result.json"))));
  }

  @Test
  void aFinishedRunStandsBesideANewOne() throws Exception {
    Distribution.Run ran = Distribution.run(folder, "run", "a.json", "--out", "old");
    assertEquals(0, ran.exitCode(), ran.err());
    Distribution.Run run = Distribution.run(folder, "compare", "old", "b.json", "--out", "new");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("against old:base"), run.out());
    assertTrue(
        run.out().lines().anyMatch(l -> l.matches("scheduler +orca +vllm +vllm +vllm")), run.out());
  }

  @Test
  void otherRequestsAreRefusedBeforeAnythingRuns() throws Exception {
    Path b = folder.resolve("b.json");
    Files.writeString(b, Files.readString(b).replace("\"rate\": 20000", "\"rate\": 10000"));
    Distribution.Run run = Distribution.run(folder, "compare", "a.json", "b.json", "--out", "o");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("workload.rate: 20000"), run.err());
    assertTrue(Files.notExists(folder.resolve("o")));
  }

  @Test
  void aLaterColumnCommandIsWhereTwoMemoriesPart() throws Exception {
    Files.writeString(folder.resolve("batch.csv"), "seq_len,channel\n40,0\n90,1\n70,31\n");
    Distribution.Run run =
        Distribution.run(
            folder,
            "compare",
            "--diff",
            "neupims-serial",
            "neupims-serial,memory.timing.rcd=15",
            "--requests",
            "batch.csv",
            "--set",
            "model=model.json");
    assertEquals(0, run.exitCode(), run.err());
    // tRCD is 14 in the catalog: the first row is opened in cycle 1 and read 14 or 15 later.
    assertTrue(run.out().contains("cycle 15: RD"), run.out());
    assertTrue(run.out().contains("cycle 16: RD"), run.out());
    assertTrue(run.out().contains("during stage A, 1.attn.ln"), run.out());
  }

  @Test
  void runsOfTheSameHardwareAreTheSameToTheLastIteration() throws Exception {
    String json = "--json";
    Distribution.Run two =
        Distribution.run(folder, "compare", "--diff", "b.json:base", "b.json:base", json);
    assertEquals(0, two.exitCode(), two.err());
    assertTrue(two.out().contains("\"same\": true"), two.out());
    Distribution.Run parted = Distribution.run(folder, "compare", "--diff", "b.json", json);
    assertEquals(0, parted.exitCode(), parted.err());
    assertTrue(parted.out().contains("\"same\": false"), parted.out());
  }

  private Path in(String out, String file) {
    return folder.resolve(out).resolve(file);
  }
}
