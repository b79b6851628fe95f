// SPDX-License-Identifier: Apache-2.0
package neupims.shell.project;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where the platform is.
 *
 * @param home the distribution, with its Maven repository
 * @param plugins the drop-in folder
 * @param command what starts the platform
 * @param versions of {@code repo/versions.properties}: what projects build with
 */
public record Place(Path home, Path plugins, String command, Properties versions) {
  /**
   * As the start scripts say: system properties {@code neupims.home} and {@code neupims.plugins},
   * environment variable {@code NEUPIMS_COMMAND}.
   *
   * @throws IllegalStateException if there is no distribution, or one without a repository
   */
  public static Place ofThisProcess() {
    String home = System.getProperty("neupims.home");
    if (home == null) {
      throw new IllegalStateException("nobody says where the distribution is (-Dneupims.home)");
    }
    Path distribution = Path.of(home).toAbsolutePath().normalize();
    String plugins = System.getProperty("neupims.plugins");
    String command = System.getenv("NEUPIMS_COMMAND");
    return of(
        distribution,
        plugins == null ? distribution.resolve("plugins") : Path.of(plugins).toAbsolutePath(),
        command == null ? distribution.resolve("bin/neupims").toString() : command);
  }

  /** A distribution's. */
  static Place of(Path home, Path plugins, String command) {
    Path file = home.resolve("repo/versions.properties");
    Properties versions = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      versions.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("no Maven repository in the distribution: " + e, e);
    }
    return new Place(home, plugins, command, versions);
  }
}
