// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import neupims.api.run.Conformance;
import neupims.api.run.PluginCheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An author's path: a project of every kind and every sample, built by Maven without the network,
 * contract tests included, dropped in, checked and run. Takes a minute: {@code .ci/run} does it.
 */
@Tag("long")
class AuthorsPathIT {
  private static final Path SAMPLES = Distribution.HOME.resolve("../../../samples").normalize();

  @TempDir private Path folder;

  @Test
  void everyProjectBuildsAndItsPluginRuns() throws Exception {
    List<String> modules = new ArrayList<>();
    RunningPlatform platform = new RunningPlatform();
    try {
      for (String kind : ProjectTemplatesIT.KINDS) {
        Path project = folder.resolve("my-" + kind);
        String[] arguments = {"new", kind, "my-" + kind, "--dir", project.toString()};
        assertEquals(0, platform.execute(arguments), kind);
        modules.add("my-" + kind);
      }
      for (String sample : List.of("01-scheduler", "02-placement", "04-request-source")) {
        copy(SAMPLES.resolve(sample), folder.resolve(sample));
        modules.add(sample);
      }
      build(modules);
      Path plugins = Files.createDirectories(folder.resolve("plugins"));
      for (String module : modules) {
        Path jar = folder.resolve(module).resolve("target/" + module + ".jar");
        for (PluginCheck check :
            platform.service(Conformance.class).check(jar, Duration.ofMinutes(2), Map.of())) {
          assertTrue(check.pass(), check.toString());
        }
        Files.copy(jar, plugins.resolve(module + ".jar"), StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      platform.stop();
    }
    run();
  }

  /** One Maven for all; each project is on its own but for who starts it. */
  private void build(List<String> modules) throws Exception {
    StringBuilder pom = new StringBuilder("<project><modelVersion>4.0.0</modelVersion>");
    pom.append("<groupId>t</groupId><artifactId>t</artifactId><version>1</version>");
    pom.append("<packaging>pom</packaging><modules>");
    modules.forEach(module -> pom.append("<module>").append(module).append("</module>"));
    Files.writeString(folder.resolve("pom.xml"), pom.append("</modules></project>"));
    Files.createDirectories(folder.resolve(".mvn"));
    Files.copy(folder.resolve("my-split/.mvn/maven.config"), folder.resolve(".mvn/maven.config"));
    Path log = folder.resolve("maven.log");
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn", "-o", "-B", "-q", "-Dneupims.home=" + Distribution.HOME, "package")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertEquals(0, maven.start().waitFor(), Files.readString(log));
  }

  private void run() throws Exception {
    Files.writeString(folder.resolve("tiny.json"), Distribution.TINY_MODEL);
    StringBuilder run = new StringBuilder("run --plugins plugins --out out --set model=tiny.json");
    run.append(" --set system=neupims --set tp=2");
    run.append(" --set replicas=2 --set checkTiming=true");
    run.append(" --set workload.rate=2000 --set workload.requests=6");
    run.append(" --set workload.source=my-request-source --set scheduler=my-scheduler");
    run.append(" --set placement=my-placement --set split=my-split --set router=my-router");
    run.append(" --set estimator=my-estimator --set compiler=my-compiler");
    run.append(" --set npu=my-npu-model --set memory=my-memory-model");
    run.append(" --set interconnect.model=my-interconnect");
    run.append(
        " --set interconnect.bytesPerSecond=100000000000 --set interconnect.latencyNanos=500");
    Distribution.Run served = Distribution.run(folder, run.toString().split(" "));
    assertEquals(0, served.exitCode(), served.err());
    String result = Files.readString(folder.resolve("out/result.json"));
    assertTrue(result.contains("\"requestsCompleted\": 6"), result);
    for (String kind : ProjectTemplatesIT.KINDS) {
      String experiment = "run --plugins plugins my-%s/experiment.json --out seen-%s";
      Distribution.Run seen = Distribution.run(folder, experiment.formatted(kind, kind).split(" "));
      assertEquals(0, seen.exitCode(), seen.err());
      assertTrue(seen.out().contains("my-" + kind + " ("), seen.out());
      assertTrue(result.contains("\"name\": \"my-" + kind + "\""), kind + " is not in " + result);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.toString().contains("/target")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
