// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import neupims.api.unit.InputException;

/** A Markdown file whose tables are made by commands that it names. */
final class MarkdownTables {
  private static final String END = "<!-- end -->";

  private final Path file;
  private String text;

  private MarkdownTables(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if there is none
   */
  static MarkdownTables read(Path file) throws IOException {
    try {
      return new MarkdownTables(file, Files.readString(file));
    } catch (NoSuchFileException none) {
      throw new InputException("--into " + file + ": there is no such file", none);
    }
  }

  /**
   * Makes sure that there is a place for what a command makes.
   *
   * @throws InputException if there is none
   */
  void require(String command) {
    String begin = begin(command);
    int from = text.indexOf(begin);
    if (from < 0 || text.indexOf(END, from) < 0) {
      throw new InputException(
          "--into %s: no place; expected the lines %s and %s".formatted(file, begin.trim(), END));
    }
  }

  /** Replaces what a command has made. */
  void replace(String command, String tables) {
    require(command);
    int from = text.indexOf(begin(command)) + begin(command).length();
    text = text.substring(0, from) + tables + text.substring(text.indexOf(END, from));
  }

  private static String begin(String command) {
    return "<!-- begin: " + command + " -->\n";
  }

  void write() throws IOException {
    Files.writeString(file, text);
  }
}
