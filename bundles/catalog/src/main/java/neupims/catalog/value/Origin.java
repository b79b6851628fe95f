// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.value;

import java.nio.file.Path;

/**
 * Who gave a value.
 *
 * @param where file or option, as messages name it
 * @param directory relative file names in the value start here
 */
public record Origin(String where, Path directory) {
  private static final Path CALLER = Path.of("");

  /** Something that is not a file: an option, the catalog itself. */
  public static Origin of(String where) {
    return new Origin(where, CALLER);
  }

  /** A file that the user named. */
  public static Origin of(Path file) {
    Path parent = file.getParent();
    return new Origin(file.toString(), parent == null ? CALLER : parent);
  }
}
