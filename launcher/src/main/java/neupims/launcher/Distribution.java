// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things are on disk.
 *
 * @param home the unpacked distribution, with {@code bundles/} and {@code commands/}
 * @param plugins the drop-in folder; need not exist
 */
record Distribution(Path home, Path plugins) {
  /**
   * Takes the folders from the system properties {@code neupims.home} and {@code neupims.plugins};
   * without them, home is the parent of the folder that holds the launcher's jar.
   *
   * @throws IllegalArgumentException if that is not a distribution
   */
  static Distribution find() {
    String given = System.getProperty("neupims.home");
    Path home = (given == null ? homeOfThisJar() : Path.of(given)).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("bundles"))) {
      throw new IllegalArgumentException(home + " is not a distribution: it has no folder bundles");
    }
    String plugins = System.getProperty("neupims.plugins");
    return new Distribution(
        home,
        plugins == null ? home.resolve("plugins") : Path.of(plugins).toAbsolutePath().normalize());
  }

  /**
   * Every jar of the distribution, and those that only one command needs: they would cost the
   * others time.
   *
   * @param command the word that the user typed; empty if none
   */
  List<Path> bundleFiles(String command) throws IOException {
    List<Path> files = new ArrayList<>(jars(home.resolve("bundles")));
    Path more = home.resolve("commands").resolve(command);
    if (command.matches("[a-z-]+") && Files.isDirectory(more)) {
      files.addAll(jars(more));
    }
    return files;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Distribution::isJar).sorted().toList();
    }
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  private static Path homeOfThisJar() {
    try {
      Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return jar.resolveSibling("..");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("cannot tell where the launcher is; set neupims.home", e);
    }
  }
}
