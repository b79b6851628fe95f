// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import picocli.CommandLine.Command;

/** Which version this is. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the version, as --version does.",
    footer = {"", "Example: neupims version"})
final class VersionCommand implements Runnable {
  private final Platform platform;

  VersionCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public void run() {
    for (String line : new BundleVersion().getVersion()) {
      platform.out().println(line);
    }
  }
}
