// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projects that {@code ./neupims new} writes compile, class and contract test, against the
 * distribution's repository. That they build with Maven and run is {@link AuthorsPathIT}.
 */
class ProjectTemplatesIT {
  /** All kinds that there are templates of. */
  static final List<String> KINDS =
      List.of(
          "scheduler",
          "placement",
          "split",
          "estimator",
          "compiler",
          "npu-model",
          "memory-model",
          "interconnect",
          "request-source",
          "router");

  @TempDir private Path folder;

  @Test
  void aProjectOfEveryKindCompiles() throws Exception {
    RunningPlatform platform = new RunningPlatform();
    List<Path> sources = new ArrayList<>();
    try {
      for (String kind : KINDS) {
        Path project = folder.resolve(kind);
        String[] arguments = {"new", kind, "my-own", "--dir", project.toString()};
        assertEquals(0, platform.execute(arguments), kind);
        sources.addAll(AuthorsCompiler.sources(project));
      }
    } finally {
      platform.stop();
    }
    assertEquals(2 * KINDS.size(), sources.size(), sources.toString());
    AuthorsCompiler.compile(sources, Files.createDirectories(folder.resolve("classes")));
  }

  @Test
  void theRepositoryHasSourcesAndPomsWithoutParent() throws Exception {
    for (String artifact : List.of("api", "dram", "lowering", "conformance", "calls", "testkit")) {
      Path version = Distribution.HOME.resolve("repo/neupims/neupims." + artifact);
      try (var files = Files.walk(version)) {
        List<Path> all = files.filter(Files::isRegularFile).toList();
        assertEquals(8, all.size(), all.toString());
        Path sources = one(all, "-sources.jar");
        assertTrue(Files.size(sources) > 1000, sources.toString());
        String pom = Files.readString(one(all, ".pom"));
        assertTrue(!pom.contains("<parent>") && !pom.contains("@"), pom);
      }
    }
  }

  private static Path one(List<Path> files, String end) {
    List<Path> found = files.stream().filter(f -> f.toString().endsWith(end)).toList();
    assertEquals(1, found.size(), end + " of " + files);
    return found.get(0);
  }
}
