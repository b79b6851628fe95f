// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import neupims.api.run.Experiment;
import neupims.api.unit.InputException;

/**
 * Where a run's files go. By default a new directory under {@code runs/}, which the link {@code
 * runs/latest} then names, so that what a run prints is the same every time.
 */
final class ResultDirectory {
  private static final Path RUNS = Path.of("runs");
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path path;
  private final Path link;

  private ResultDirectory(Path path, Path link) {
    this.path = path;
    this.link = link;
  }

  /**
   * Creates the directory.
   *
   * @param out what the user asked for, or null
   * @param several whether experiments share {@code out}, each in a directory of its name
   */
  static ResultDirectory prepare(Experiment experiment, Path out, boolean several)
      throws IOException {
    return prepare(experiment.name(), out, several);
  }

  /** The same for something of this name. */
  static ResultDirectory prepare(String of, Path out, boolean several) throws IOException {
    try {
      if (out != null) {
        Path path = several ? out.resolve(of) : out;
        Files.createDirectories(path);
        if (!Files.isWritable(path)) {
          throw new InputException("--out " + path + ": cannot be written to");
        }
        return new ResultDirectory(path, null);
      }
      Files.createDirectories(RUNS);
      String name = LocalDateTime.now().format(STAMP) + "-" + of;
      return new ResultDirectory(fresh(name), RUNS.resolve("latest"));
    } catch (NoSuchFileException | AccessDeniedException refused) {
      throw new InputException(
          "--out " + refused.getFile() + ": the directory cannot be created", refused);
    } catch (FileAlreadyExistsException file) {
      throw new InputException("--out " + file.getFile() + ": is a file, not a directory", file);
    }
  }

  Path path() {
    return path;
  }

  /** A name of a written file that does not change from run to run, where there is one. */
  Path stable(Path file) throws IOException {
    if (link == null) {
      return file;
    }
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, path.getFileName());
      return link.resolve(path.relativize(file));
    } catch (IOException | UnsupportedOperationException noLinks) {
      return file;
    }
  }

  /** Runs that start within a second of each other get a number. */
  private static Path fresh(String name) throws IOException {
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(RUNS.resolve(number == 1 ? name : name + "-" + number));
      } catch (FileAlreadyExistsException taken) {
        if (number > 999) {
          throw taken;
        }
      }
    }
  }
}
