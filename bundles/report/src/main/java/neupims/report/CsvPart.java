// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file under way, made when its first line comes. */
final class CsvPart {
  private final Path path;
  private BufferedWriter writer;

  CsvPart(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return writer != null;
  }

  void line(CharSequence line) {
    try {
      if (writer == null) {
        writer =
            Files.newBufferedWriter(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
      }
      writer.append(line).append('\n');
    } catch (IOException failed) {
      throw new UncheckedIOException(path + ": cannot be written", failed);
    }
  }

  /** Forgets all lines. */
  void restart() {
    try {
      close();
      writer = null;
      Files.deleteIfExists(path);
    } catch (IOException failed) {
      throw new UncheckedIOException(path + ": cannot be begun again", failed);
    }
  }

  void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
