// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/** Reads a text file that a user named. */
public final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * The text of a UTF-8 file, without its byte order mark.
   *
   * @param file the file
   * @param what for messages, such as {@code a JSON file}
   * @param context begins every message: who named the file, or nothing
   * @throws InputException if it is missing, a directory, unreadable or not UTF-8
   */
  public static String read(Path file, String what, String context) {
    requireFile(file, what, context);
    String at = context + file + ": ";
    try {
      String text = Files.readString(file);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException binary) {
      throw new InputException(at + "is not UTF-8 text, expected " + what, binary);
    } catch (AccessDeniedException denied) {
      throw new InputException(at + "cannot be read: permission denied", denied);
    } catch (IOException broken) {
      throw new InputException(at + "cannot be read: " + broken.getMessage(), broken);
    }
  }

  /**
   * Looks whether there is such a file, without reading it.
   *
   * @param file the file
   * @param what for messages
   * @param context begins every message
   * @throws InputException if it is missing, a directory or unreadable
   */
  public static void requireFile(Path file, String what, String context) {
    String at = context + file + ": ";
    if (Files.isDirectory(file)) {
      throw new InputException(at + "is a directory, expected " + what);
    }
    if (!Files.exists(file)) {
      throw new InputException(
          at + "no such file, expected " + what + NearestName.hint(name(file), siblings(file)));
    }
    if (!Files.isReadable(file)) {
      throw new InputException(at + "cannot be read: permission denied");
    }
  }

  private static String name(Path file) {
    return file.getFileName() == null ? "" : file.getFileName().toString();
  }

  /** Files beside the missing one, sorted: one of them may be meant. */
  private static List<String> siblings(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(TextFile::name).sorted().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
