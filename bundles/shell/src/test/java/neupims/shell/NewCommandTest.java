// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import neupims.api.run.PluginInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, and what is refused with nothing written. */
final class NewCommandTest {
  @TempDir private Path folder;

  private final TestPlatform platform = new TestPlatform();
  private Path target;

  @BeforeEach
  void distribution() throws IOException {
    Path home = Files.createDirectories(folder.resolve("a home & more"));
    Files.createDirectories(home.resolve("repo"));
    Files.writeString(
        home.resolve("repo/versions.properties"),
        "api=1.2.3-SNAPSHOT\nbnd=7\ncompiler=3\nresources=4\nsurefire=5\n");
    System.setProperty("neupims.home", home.toString());
    target = folder.resolve("there/my-policy");
  }

  @AfterEach
  void forget() {
    System.clearProperty("neupims.home");
  }

  private int neu(String kind, String name) {
    return platform.run("new", kind, name, "--dir", target.toString());
  }

  private List<String> written() throws IOException {
    if (!Files.exists(target)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aSchedulerIsAClassItsTestAndWhatBuildsThem() throws IOException {
    assertEquals(0, neu("scheduler", "my-policy"), platform.err());
    assertEquals(
        List.of(
            ".gitignore",
            ".mvn/maven.config",
            "README.md",
            "experiment.json",
            "pom.xml",
            "src/main/java/mypolicyscheduler/MyPolicyScheduler.java",
            "src/test/java/mypolicyscheduler/MyPolicySchedulerTest.java"),
        written());
    String pom = Files.readString(target.resolve("pom.xml"));
    assertTrue(pom.contains("a home &amp; more</neupims.home>"), pom);
    assertTrue(pom.contains("<neupims.version>1.2.3-SNAPSHOT</neupims.version>"), pom);
    assertFalse(pom.contains("<parent>") || pom.contains("MORE-DEPENDENCIES"), pom);
    String readme = Files.readString(target.resolve("README.md"));
    assertTrue(readme.contains("run experiment.json"), readme);
    assertTrue(readme.contains("neupims='" + folder.resolve("a home & more")), readme);
    assertTrue(readme.lines().count() <= 20, readme);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scheduler",
        "placement",
        "split",
        "estimator",
        "compiler",
        "npu-model",
        "memory-model",
        "interconnect",
        "request-source",
        "router"
      })
  void noWordOfATemplateIsLeft(String kind) throws IOException {
    assertEquals(0, neu(kind, "fast-one"), platform.err());
    for (String file : written()) {
      String text = file + Files.readString(target.resolve(file));
      for (String word :
          List.of(
              "plugin-name",
              "plugin-kind",
              "ClassName",
              "packagename",
              "VERSION",
              "NEUPIMS",
              "DISTRIBUTION",
              "PLUGINS",
              "USE\n",
              "SPDX")) {
        assertFalse(text.contains(word), word + " in " + text);
      }
    }
    JsonArray variants =
        JsonParser.parseString(Files.readString(target.resolve("experiment.json")))
            .getAsJsonObject()
            .getAsJsonArray("variants");
    assertEquals(2, variants.size());
    JsonObject own = variants.get(1).getAsJsonObject();
    assertTrue(own.get("set").toString().contains("\"fast-one\""), own.toString());
  }

  @Test
  void aMemoryBringsItsDataFile() throws IOException {
    assertEquals(0, neu("memory-model", "mine"), platform.err());
    Path data = target.resolve("src/main/resources/neupims/catalog/memories/mine.json");
    assertTrue(Files.readString(data).contains("\"model\": \"mine\""));
    assertTrue(Files.readString(target.resolve("pom.xml")).contains("neupims.dram"));
  }

  @Test
  void aClassIsNotCalledLikeSomethingThatItImports() {
    assertEquals(0, neu("scheduler", "batch"), platform.err());
    assertTrue(
        Files.exists(
            target.resolve("src/main/java/batchschedulerplugin/BatchSchedulerPlugin.java")));
  }

  @Test
  void anUnknownKindIsRefusedWithTheNearestOne() throws IOException {
    assertEquals(2, neu("schedular", "mine"));
    assertTrue(platform.err().contains("did you mean \"scheduler\"?"), platform.err());
    assertEquals(List.of(), written());
  }

  @ParameterizedTest
  @ValueSource(strings = {"My", "my_policy", "9lives", "a--b", "../x", "-a", "ä"})
  void aBadNameIsRefused(String name) throws IOException {
    assertEquals(2, platform.run("new", "--dir", target.toString(), "--", "scheduler", name));
    assertTrue(platform.err().contains("lower-case words"), platform.err());
    assertEquals(List.of(), written());
  }

  @Test
  void aNameThatSomebodyHasIsRefusedWithWho() throws IOException {
    platform.plugins.list = List.of(new PluginInfo("scheduler", "orca", "the.orca", "3.0.0", ""));
    assertEquals(2, neu("scheduler", "orca"));
    assertTrue(platform.err().contains("already (the.orca 3.0.0)"), platform.err());
    assertEquals(List.of(), written());
  }

  @Test
  void aFolderThatIsNotEmptyStaysAsItIs() throws IOException {
    Files.createDirectories(target);
    assertEquals(0, neu("split", "mine"), platform.err());
    Files.writeString(target.resolve("pom.xml"), "mine");
    assertEquals(2, neu("split", "mine"));
    assertTrue(platform.err().contains("is not empty"), platform.err());
    assertEquals("mine", Files.readString(target.resolve("pom.xml")));
    try (Stream<Path> beside = Files.list(target.getParent())) {
      assertEquals(List.of(target), beside.toList());
    }
  }
}
