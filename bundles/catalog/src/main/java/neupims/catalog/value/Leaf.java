// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.value;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import neupims.api.run.Setting;
import neupims.api.unit.InputException;

/**
 * A value as it was given.
 *
 * @param kind its JSON type
 * @param text the value, a string without its quotes
 * @param written the key path in the file or option that gives it
 * @param origin who gives it
 */
public record Leaf(Kind kind, String text, String written, Origin origin) {

  /** JSON types, and a word of the command line, which has none. */
  public enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    /** Typed on the command line: whatever the key wants. */
    WORD,
    /** An array, null or an empty object. */
    OTHER
  }

  /** A setting's value. */
  public static Leaf of(Setting setting) {
    return new Leaf(Kind.WORD, setting.value(), setting.path(), Origin.of(setting.origin()));
  }

  /** Whether it can be a text. */
  public boolean isText() {
    return kind == Kind.STRING || kind == Kind.WORD;
  }

  /** The value as messages show it. */
  public String shown() {
    return isText() ? '"' + text + '"' : text;
  }

  /** Where it stands: file and key path, or the option that says both. */
  public String at() {
    String where = origin.read();
    return where.startsWith("--") && where.contains(written) ? where : where + ": " + written;
  }

  /**
   * The file that it names; a relative name starts where the file that says it lies.
   *
   * @throws InputException if no file can have such a name
   */
  public Path file() {
    try {
      return origin.directory().resolve(text);
    } catch (InvalidPathException impossible) {
      throw refuse(shown() + " cannot be the name of a file");
    }
  }

  /** The exception that refuses this value. */
  public InputException refuse(String why) {
    return new InputException(at() + ": " + why);
  }
}
