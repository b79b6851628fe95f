// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
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
  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void files() throws IOException {
    plugins = Files.createDirectory(folder.resolve("dropped"));
    LabFiles.writeTo(folder);
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

  @Test
  void ctrlCEndsTheCommandThatIsExecutedAndNotTheLab() throws Exception {
    Path env = Path.of("/usr/bin/env");
    // A build in the background ignores SIGINT, and so would the lab.
    String reset = env + " --default-signal=INT";
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs util-linux' script");
    assumeTrue(
        new ProcessBuilder("sh", "-c", reset + " true 2>/dev/null").start().waitFor() == 0,
        "needs an env that resets signals");
    String command = reset + " " + Distribution.HOME.resolve("bin/neupims") + " lab";
    List<String> script = List.of("/usr/bin/script", "-qec", command, "/dev/null");
    try (LabProcess lab = LabProcess.start(folder, script)) {
      lab.await("NeuPIMs Lab.");
      lab.type("run long.json --json --out fg");
      Path recording = folder.resolve("fg/recording.json");
      while (!Files.exists(recording)) {
        assertTrue(lab.isAlive(), lab.text());
        Thread.sleep(20);
      }
      lab.typeCtrlC();
      lab.await("interrupted: neupims after ");
      lab.type("list");
      lab.await("orca");
      lab.type("exit");
      lab.end();
    }
    JsonObject variant = LabFiles.variant(folder, "fg/result.json");
    assertEquals("interrupted", variant.get("stopped").getAsString());
  }
}
