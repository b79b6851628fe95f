// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The distribution that the launcher's build put together. */
final class Distribution {
  static final Path HOME = Path.of(System.getProperty("neupims.home"));

  /** A model file of few tokens, whose iterations take no time to simulate. */
  static final String TINY_MODEL =
      "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024,"
          + " \"vocabulary\": 100, \"maxPositions\": 16}";

  private Distribution() {}

  /** The jars of the distribution, by name. */
  static List<Path> bundles() {
    try (Stream<Path> files = Files.list(HOME.resolve("bundles"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs the start script as a user does, on the JVM that runs the tests, and waits for its end.
   */
  static Run run(Path workingFolder, String... arguments) throws IOException, InterruptedException {
    return run(workingFolder, List.of(), arguments);
  }

  /** The same with options for its JVM. */
  static Run run(Path workingFolder, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/neupims").toString()));
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile("neupims", ".out");
    Path err = Files.createTempFile("neupims", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("NEUPIMS_JAVA_OPTS", String.join(" ", jvm));
      int exitCode = builder.start().waitFor();
      return new Run(exitCode, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What a run printed, and its exit code. */
  record Run(int exitCode, String out, String err) {}
}
