// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab as a process: what a user types, drops and sees. */
class LabIT {
  private static final String MODEL =
      """
      {"layers": 2, "heads": 4, "embedding": 256, "feedForward": 1024, "vocabulary": 100,
       "maxPositions": 2048}
      """;

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void files() throws IOException {
    plugins = Files.createDirectory(folder.resolve("dropped"));
    Files.writeString(folder.resolve("model.json"), MODEL);
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < 2000; i++) {
      trace.append("0,16,1000\n");
    }
    Files.writeString(folder.resolve("long.csv"), trace);
    Files.writeString(
        folder.resolve("short.csv"), "arrival_seconds,prompt_tokens,output_tokens\n0,16,3\n");
    for (String name : List.of("long", "short")) {
      Files.writeString(
          folder.resolve(name + ".json"),
          """
          {"name": "%s", "model": "model.json", "system": "neupims", "scheduler": "orca",
           "workload": {"source": "trace", "file": "%s.csv"}}
          """
              .formatted(name, name));
    }
  }

  @Test
  void aJarThatIsDroppedReplacedAndRemovedComesChangesAndGoes() throws Exception {
    Path jar = plugins.resolve("a.jar");
    try (LabProcess lab = LabProcess.start(folder, "--plugins", plugins.toString())) {
      lab.type("help");
      lab.await("swap ");

      PluginJar.scheduler("x.one", "mine").writeTo(jar);
      lab.await(jar + ": added scheduler mine (x.one 1.0.0)");
      lab.type("list");
      assertTrue(lab.await("mine ").contains("x.one"));

      PluginJar.scheduler("x.one", "mine").members("// the same version").writeTo(jar);
      lab.await(jar + ": replaced scheduler mine (x.one 1.0.0), was 1.0.0");

      PluginJar.scheduler("x.one", "mine").header("Bundle-Version", "2.0.0").writeTo(jar);
      lab.await(jar + ": replaced scheduler mine (x.one 2.0.0), was 1.0.0");

      Files.delete(jar);
      lab.await(jar + ": removed scheduler mine (x.one 2.0.0)");
      lab.type("run short.json --set scheduler=mine");
      lab.await("unknown scheduler \"mine\"");

      lab.type("exit");
      assertEquals(2, lab.end(), "the highest exit code of its commands");
    }
  }

  @Test
  void everyJarThatCannotWorkIsExplainedInOneLineAndARunGoesOn() throws Exception {
    try (LabProcess lab = LabProcess.start(folder, "--plugins", plugins.toString())) {
      lab.type("run long.json");
      lab.await("long runs; its files go to ");
      Map<String, String> told = BadJars.writeTo(plugins);
      PluginJar.scheduler("x.last", "last").writeTo(plugins.resolve("zz.jar"));
      lab.await("zz.jar: added scheduler last");
      // Of files of one moment a scan may see some and leave the others to the next.
      lab.type("list --json");
      lab.await("\"problems\"");
      lab.type("status --json");
      lab.await("\"underWay\": true");
      lab.type("exit");
      lab.end();

      told.forEach(
          (file, words) -> {
            List<String> about =
                lab.text()
                    .lines()
                    .filter(line -> line.startsWith(plugins.resolve(file) + ":"))
                    .toList();
            assertFalse(about.isEmpty(), file + " is not in " + lab.text());
            assertTrue(about.get(about.size() - 1).contains(words), about.toString());
          });
    }
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
    JsonObject result = result("runs/latest/result.json");
    JsonObject variant = result.getAsJsonArray("variants").get(0).getAsJsonObject();
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
    JsonObject variant =
        result("done/result.json").getAsJsonArray("variants").get(0).getAsJsonObject();
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
      JsonObject variant =
          result(directory + "/result.json").getAsJsonArray("variants").get(0).getAsJsonObject();
      assertEquals("interrupted", variant.get("stopped").getAsString(), directory);
    }
  }

  @Test
  void linesThatCannotBeExecutedSayWhy() throws Exception {
    try (LabProcess lab = LabProcess.start(folder)) {
      lab.type("nonsense");
      lab.await("unknown command \"nonsense\"");
      lab.type("run 'open");
      lab.await("neupims: ");
      lab.type("# a comment, and an empty line");
      lab.type("");
      lab.type("swap shceduler vllm");
      lab.await("did you mean \"scheduler\"?");
      lab.type("step --system neupims");
      lab.await("Missing required option: '--requests=FILE'");
      lab.type("felix:lb neupims.api");
      lab.await("neupims.api");
      lab.endOfInput();
      assertEquals(2, lab.end(), lab.text());
    }
  }

  @Test
  void onATerminalLinesOfTheBackgroundComeAboveThePromptAndTabCompletes() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script"))
            && System.getProperty("os.name").equals("Linux"),
        "needs util-linux' script");
    String command =
        Distribution.HOME.resolve("bin/neupims") + " lab --plugins " + plugins.toString();
    List<String> script = List.of("/usr/bin/script", "-qec", command, "/dev/null");
    try (LabProcess lab = LabProcess.start(folder, script)) {
      lab.await("NeuPIMs Lab.");
      PluginJar.scheduler("x.one", "mine").writeTo(plugins.resolve("a.jar"));
      lab.await("a.jar: added scheduler mine");
      lab.type("help sw\t");
      lab.await("Such as scheduler or placement.");
      lab.type("exit");
      assertEquals(0, lab.end(), lab.text());
    }
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

  private JsonObject result(String file) throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
  }
}
