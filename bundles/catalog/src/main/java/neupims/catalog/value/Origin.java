// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.value;

import java.nio.file.Path;

/**
 * Who gave a value.
 *
 * @param where file or option, as results name it
 * @param directory relative file names in the value start here
 * @param read file or option that has just been read, as messages name it
 */
public record Origin(String where, Path directory, String read) {
  private static final Path CALLER = Path.of("");

  /** Somebody whose words are read where they stand. */
  public Origin(String where, Path directory) {
    this(where, directory, where);
  }

  /** Something that is not a file: an option, the catalog itself. */
  public static Origin of(String where) {
    return new Origin(where, CALLER);
  }

  /** A file that the user named. */
  public static Origin of(Path file) {
    Path parent = file.getParent();
    return new Origin(file.toString(), parent == null ? CALLER : parent);
  }

  /**
   * What a recording says of a value that is now read from it.
   *
   * @param directory relative file names in the value start there
   */
  public Origin recorded(String originally, Path directory) {
    return new Origin(originally, directory, read);
  }
}
