// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import neupims.api.unit.InputException;
import picocli.CommandLine.Option;

/** {@code --threads}, for every command that runs variants side by side. */
final class ThreadOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Variants that run at once (default: as many as there are cores); results do not depend"
              + " on it.")
  private Integer threads;

  /** How many. */
  int count() {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1 || threads > 1024) {
      throw new InputException(
          "--threads " + threads + ": out of range; allowed: a whole number from 1 to 1024");
    }
    return threads;
  }
}
