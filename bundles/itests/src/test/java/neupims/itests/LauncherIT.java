// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, the launcher and the distribution together, as a process. */
class LauncherIT {
  @TempDir private Path folder;

  @Test
  void everyJarThatCannotWorkIsExplainedInOneLineAndTheRestRuns() throws Exception {
    PluginJar.scheduler("x.good", "good").writeTo(folder.resolve("good.jar"));
    Map<String, String> told = BadJars.writeTo(folder);

    Distribution.Run run = Distribution.run(folder, "list", "--json", "--plugins", ".");

    List<String> lines = run.err().lines().toList();
    assertEquals(told.size(), lines.size(), run.err());
    assertAll(
        told.entrySet().stream()
            .map(
                bad ->
                    () -> {
                      String file = folder.resolve(bad.getKey()).toString();
                      List<String> about =
                          lines.stream()
                              .filter(l -> l.contains(file + ")") || l.contains(file + ":"))
                              .toList();
                      assertEquals(1, about.size(), file + "\n" + run.err());
                      assertTrue(about.get(0).contains(bad.getValue()), about.get(0));
                    }));
    assertEquals(0, run.exitCode());
    JsonObject list = JsonParser.parseString(run.out()).getAsJsonObject();
    assertTrue(schedulers(list).containsAll(List.of("good", "orca", "of-x-twin")), run.out());
    assertFalse(schedulers(list).contains("of-x-throwing"), run.out());
    for (JsonElement dropIn : list.getAsJsonArray("dropIns")) {
      JsonObject jar = dropIn.getAsJsonObject();
      String file = Path.of(jar.get("file").getAsString()).getFileName().toString();
      assertEquals(!told.containsKey(file), jar.get("works").getAsBoolean(), file);
    }
  }

  @Test
  void aDroppedJarWithAHigherRankingHidesThePlatformsPlugInAndIsNoted() throws Exception {
    PluginJar.scheduler("x.rival", "orca")
        .property("service.ranking", "10")
        .writeTo(folder.resolve("rival.jar"));

    Distribution.Run run = Distribution.run(folder, "list", "--plugins", ".");

    assertEquals("", run.err());
    assertTrue(
        run.out()
            .contains(
                "its scheduler orca hides that of neupims.batch-orca 0.1.0, and the one that wins"
                    + " has service.ranking 10 over 0"),
        run.out());
  }

  @Test
  void aPlugInThatEndsTheProcessIsNamedAndTheExitCodeIsNotItsOwn() throws Exception {
    Path jar = folder.resolve("leaver.jar");
    PluginJar.scheduler("x.leaver", "leaver")
        .body("System.exit(0); return IterationPlan.IDLE;")
        .writeTo(jar);
    Files.writeString(folder.resolve("tiny.json"), Distribution.TINY_MODEL);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String run = "run --plugins . --set model=tiny.json --set system=npu-only --set tp=1";
    for (String command :
        List.of(
            run + " --set scheduler=leaver --set workload.requests=3 --out out",
            "check leaver.jar")) {
      Distribution.Run left =
          Distribution.run(folder, List.of("-Djava.io.tmpdir=" + temporary), command.split(" "));
      assertEquals(1, left.exitCode(), left.err());
      assertEquals(0, temporary.toFile().list().length, "the framework's folder is left behind");
      String line = "a plug-in ended the process: x.leaver 1.0.0 called System.exit at ";
      assertTrue(left.err().contains(line), left.err());
      assertTrue(left.err().contains("x.leaver.Policy.plan("), left.err());
    }
  }

  @Test
  void aListMarksAJarThatDoesNotWork() throws Exception {
    Files.writeString(folder.resolve("a.jar"), "text");

    Distribution.Run run = Distribution.run(folder, "list", "--plugins", ".");

    assertTrue(
        run.out().contains("\nNOT WORKING\n" + folder.resolve("a.jar") + ": is not a jar file"),
        run.out());
    assertFalse(Distribution.run(folder, "list").out().contains("NOT WORKING"));
  }

  @Test
  void aPlugInThatCannotBeMadeIsRefusedByName() throws Exception {
    PluginJar.scheduler("x.throwing", "thrower")
        .members("public Policy() { throw new IllegalStateException(\"no licence\"); }")
        .writeTo(folder.resolve("a.jar"));

    Distribution.Run run =
        Distribution.run(folder, "run", "--plugins", ".", "--set", "scheduler=thrower");

    assertEquals(2, run.exitCode(), run.err());
    assertTrue(
        run.err().contains("scheduler \"thrower\" of x.throwing 1.0.0 cannot be made"), run.err());
  }

  @Test
  void aPluginFolderThatIsNotThereIsBadUsage() throws Exception {
    Distribution.Run run = Distribution.run(folder, "--plugins", "absent", "list");

    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains(folder.resolve("absent") + " does not exist"), run.err());
  }

  private static List<String> schedulers(JsonObject list) {
    return Stream.of(list.getAsJsonArray("plugins"))
        .flatMap(array -> array.asList().stream())
        .map(JsonElement::getAsJsonObject)
        .filter(plugin -> plugin.get("kind").getAsString().equals("scheduler"))
        .map(plugin -> plugin.get("name").getAsString())
        .toList();
  }
}
