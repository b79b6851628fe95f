// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a lab that is a process: how a user swaps, stops, loses and goes on with them. */
class LabRunsIT {
  /** A scheduler that takes in whom it can. */
  private static final String FIRST_COME =
      """
      PlanDraft draft = new PlanDraft(state);
      draft.run(state.running(), false);
      for (WaitingRequest request : state.waiting()) {
        if (draft.preempts() || !draft.admit(request, request.knownTokens(), 0)) {
          break;
        }
      }
      return draft.plan();
      """;

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void files() throws IOException {
    plugins = Files.createDirectory(folder.resolve("dropped"));
    LabFiles.writeTo(folder);
  }

  @Test
  void aRunIsPausedSwappedResumedAndStopped() throws Exception {
    try (LabProcess lab = LabProcess.start(folder)) {
      lab.type("run long.json --name a");
      lab.await("a runs; its files go to ");
      lab.type("swap scheduler vllm");
      lab.await("a: scheduler vllm from the next iteration on");
      awaitPolicy(lab, " vllm ");
      lab.type("pause");
      lab.await("a rests before its next iteration");
      lab.type("swap split none --run a");
      lab.await("a: split none from the next iteration on");
      lab.type("resume a");
      lab.await("a goes on");
      awaitPolicy(lab, " none ");
      lab.type("swap interconnect ring");
      lab.await("interconnect");
      lab.type("stop");
      lab.await("a: interrupted: ");
      lab.await("a: long: ");
      lab.type("result --json");
      lab.await("\"schema\": 1");
      lab.endOfInput();
      lab.end();
    }
    JsonObject variant = LabFiles.variant(folder, "runs/latest/result.json");
    assertEquals("interrupted", variant.get("stopped").getAsString());
    List<String> events =
        variant.getAsJsonArray("events").asList().stream()
            .map(event -> event.getAsJsonObject().get("to").getAsString())
            .toList();
    assertTrue(events.get(0).startsWith("vllm (neupims.batch-vllm 0.1.0)"), events.toString());
    assertTrue(events.get(1).startsWith("none (neupims.split-none 0.1.0)"), events.toString());
  }

  @Test
  void atTheEndOfAPipeTheRunsAreWaitedFor() throws Exception {
    try (LabProcess lab = LabProcess.start(folder)) {
      lab.type("run short.json --out done");
      lab.endOfInput();
      assertEquals(0, lab.end(), lab.text());
      assertTrue(lab.text().contains("short: short: "), lab.text());
    }
    JsonObject variant = LabFiles.variant(folder, "done/result.json");
    assertEquals("completed", variant.get("stopped").getAsString());
  }

  @Test
  void onExitAndOnASignalRunsAreStoppedAndWritten() throws Exception {
    try (LabProcess lab = LabProcess.start(folder)) {
      lab.type("run long.json --out a");
      lab.await("long runs");
      lab.type("exit");
      assertEquals(0, lab.end(), lab.text());
    }
    try (LabProcess lab = LabProcess.start(folder)) {
      lab.type("run long.json --out b");
      lab.await("long runs");
      lab.terminate();
      assertEquals(143, lab.end(), lab.text());
    }
    for (String directory : List.of("a", "b")) {
      JsonObject variant = LabFiles.variant(folder, directory + "/result.json");
      assertEquals("interrupted", variant.get("stopped").getAsString(), directory);
    }
  }

  @Test
  @Tag("long")
  void whoIsInterruptedHasAMinuteToWriteWhatIsDone() throws Exception {
    PluginJar.scheduler("x.slow", "slow")
        .body(
            "long end = System.nanoTime() + 15_000_000_000L;"
                + " while (System.nanoTime() < end) { Thread.onSpinWait(); }"
                + " return IterationPlan.IDLE;")
        .writeTo(plugins.resolve("slow.jar"));
    try (LabProcess lab = LabProcess.start(folder, "--plugins", plugins.toString())) {
      lab.type("run long.json --set scheduler=slow --set limits.policySeconds=0 --out slow");
      lab.await("long runs");
      lab.terminate();
      assertEquals(143, lab.end(), lab.text());
    }
    JsonObject variant = LabFiles.variant(folder, "slow/result.json");
    assertEquals("interrupted", variant.get("stopped").getAsString());
  }

  /** What a user sees and types, from the loss of a jar to the result. */
  @Test
  void aRunWhosePolicyIsRemovedStopsAndGoesOnWhenItIsBack() throws Exception {
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < 64; i++) {
      trace.append("0,16,").append(300 + i).append('\n');
    }
    Files.writeString(folder.resolve("some.csv"), trace);
    Path file =
        Files.writeString(
            folder.resolve("some.json"),
            Files.readString(folder.resolve("long.json"))
                .replace("long", "some")
                .replace("orca", "mine")
                .replace("}}", "}, \"limits.pluginWaitSeconds\": 0.5}"));
    Path jar = plugins.resolve("mine.jar");
    Path aside = folder.resolve("mine.jar");
    PluginJar.scheduler("x.mine", "mine").body(FIRST_COME).writeTo(aside);
    Files.copy(aside, jar);
    try (LabProcess lab = LabProcess.start(folder, "--plugins", plugins.toString())) {
      lab.type("run " + file.getFileName() + " --out whole --json");
      lab.await("\"stopped\": \"completed\"");
      lab.type("run some.json --out part --name part");
      lab.await("part runs");
      lab.type("pause");
      Files.delete(jar);
      lab.await("mine.jar: removed scheduler mine");
      lab.type("resume");
      lab.await("waits for scheduler mine (x.mine 1.0.0), which was removed before iteration ");
      lab.await("failed: neupims: scheduler mine (x.mine 1.0.0) was removed before iteration ");
      lab.await("to go on: neupims run --resume part");
      lab.type("run --resume part --json");
      lab.await("unknown scheduler \"mine\"");
      // Another build of the same version, which decides the same.
      PluginJar.scheduler("x.mine", "mine")
          .members("private final int more = 1;")
          .body(FIRST_COME)
          .writeTo(jar);
      lab.await("mine.jar: added scheduler mine");
      lab.type("run --resume part --json");
      String warning =
          lab.await("warning: the run began with scheduler mine (x.mine 1.0.0, content ");
      assertTrue(warning.contains("now scheduler mine (x.mine 1.0.0, content "), warning);
      lab.await("goes on after ");
      lab.await("\"stopped\": \"completed\"");
      lab.type("exit");
      lab.end();
    }
    for (String csv : List.of("requests.csv", "iterations.csv")) {
      Path whole = folder.resolve("whole").resolve(csv);
      assertEquals(-1, Files.mismatch(whole, folder.resolve("part").resolve(csv)), csv);
    }
    assertEquals(
        CommandLineIT.withoutWallTimes(Files.readString(folder.resolve("whole/result.json"))),
        CommandLineIT.withoutWallTimes(Files.readString(folder.resolve("part/result.json"))));
  }

  /** A swap takes effect at the next boundary, which nobody announces. */
  private static void awaitPolicy(LabProcess lab, String name) throws Exception {
    String row;
    do {
      lab.type("status");
      lab.await("RUN  VARIANT");
      row = lab.await("a ");
    } while (!row.contains(name));
  }
}
