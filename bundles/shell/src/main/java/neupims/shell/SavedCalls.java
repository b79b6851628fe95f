// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;

/**
 * A run names calls that it has saved from where its files are, as its result must not depend on
 * that; whoever is to make them again stands elsewhere.
 */
final class SavedCalls {
  private static final String COMMAND = "replay-call ";

  private SavedCalls() {}

  /** A line of a run as it can be pasted. */
  static String from(Path directory, String line) {
    return line.replace(COMMAND + "failures/", COMMAND + directory.resolve("failures") + "/");
  }
}
