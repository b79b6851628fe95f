// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples compile and run. Their contract tests are in {@link AuthorsPathIT}. */
class SamplesIT {
  private static final Path SAMPLES = Distribution.HOME.resolve("../../../samples").normalize();

  @TempDir private Path folder;

  private void jar(String sample, String name, String component) throws Exception {
    Path classes = Files.createDirectories(folder.resolve(sample));
    Path source = SAMPLES.resolve(sample).resolve("src/main/java");
    AuthorsCompiler.compile(AuthorsCompiler.sources(source), classes);
    Path tests = SAMPLES.resolve(sample).resolve("src/test/java");
    AuthorsCompiler.compile(
        List.copyOf(AuthorsCompiler.sources(SAMPLES.resolve(sample).resolve("src"))),
        Files.createDirectories(folder.resolve(sample + "-tests")));
    assertTrue(Files.isDirectory(tests), sample + " has no tests");
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    AuthorsJar.ofClasses(classes, plugins.resolve(sample + ".jar"), name, component);
  }

  @Test
  void schedulerPlacementAndSourceServeARun() throws Exception {
    jar("01-scheduler", "narrow", "narrow.NarrowScheduler");
    jar("02-placement", "longest-first", "longestfirst.LongestFirstPlacement");
    jar("04-request-source", "ramp", "ramp.RampSource");
    Distribution.Run run =
        Distribution.run(
            folder,
            ("run --plugins plugins --out out --set system=neupims --set model.layers=2 --set"
                    + " batch=8 --set scheduler=narrow --set schedulerParameters.atOnce=3 --set"
                    + " placement=longest-first --set workload.source=ramp --set workload.rate=2000"
                    + " --set workload.growth=100 --set workload.requests=3 --set"
                    + " model.maxPositions=32")
                .split(" "));
    assertEquals(0, run.exitCode(), run.err());
    String result = Files.readString(folder.resolve("out/result.json"));
    assertTrue(result.contains("\"requestsCompleted\": 3"), result);
    for (String name : List.of("narrow", "longest-first", "ramp")) {
      assertTrue(result.contains("\"name\": \"" + name + "\""), name + " is not in " + result);
    }
  }

  @Test
  void aRuleTableAloneIsAnotherPim() throws Exception {
    String wide = SAMPLES.resolve("03-pim-variant/pim-wide.json").toString();
    long cycles = gemvCycles(wide);
    assertTrue(cycles < gemvCycles("pim-neupims"), cycles + " cycles");
  }

  private long gemvCycles(String memory) throws Exception {
    Distribution.Run run =
        Distribution.run(
            folder,
            ("micro gemv --op both --seq 300 --heads 8 --head-dim 128 --set checkTiming=true --json"
                    + " --memory "
                    + memory)
                .split(" "));
    assertEquals(0, run.exitCode(), run.err());
    Matcher cycles = Pattern.compile("\"cycles\": (\\d+)").matcher(run.out());
    assertTrue(cycles.find(), run.out());
    return Long.parseLong(cycles.group(1));
  }

  @Test
  void theirPomsNameTheVersionsOfThePlatform() throws Exception {
    Properties versions = new Properties();
    try (var reader =
        Files.newBufferedReader(Distribution.HOME.resolve("repo/versions.properties"))) {
      versions.load(reader);
    }
    for (String sample : List.of("01-scheduler", "02-placement", "04-request-source")) {
      String pom = Files.readString(SAMPLES.resolve(sample).resolve("pom.xml"));
      for (String version : versions.stringPropertyNames()) {
        String value = versions.getProperty(version);
        assertTrue(pom.contains(">" + value + "<"), sample + " has not " + version + " " + value);
      }
    }
  }
}
