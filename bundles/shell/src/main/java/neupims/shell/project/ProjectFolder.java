// SPDX-License-Identifier: Apache-2.0
package neupims.shell.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import neupims.api.unit.InputException;

/** Writes a project: all of it or nothing. */
public final class ProjectFolder {
  private ProjectFolder() {}

  /**
   * Demands that a folder is not there, or empty.
   *
   * @throws InputException if it is
   */
  public static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException("--dir " + folder + ": is a file");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new InputException(
            "--dir " + folder + ": is not empty; give a folder that is, or that is not there");
      }
    } catch (IOException e) {
      throw new InputException("--dir " + folder + ": cannot be read: " + e, e);
    }
  }

  /**
   * Writes files into a folder that is empty or not there.
   *
   * @throws InputException if it is not empty or cannot be written
   */
  public static void write(Path folder, Map<String, String> files) {
    requireEmpty(folder);
    Path target = folder.toAbsolutePath().normalize();
    Path aside = null;
    try {
      Files.createDirectories(target.getParent());
      aside = Files.createTempDirectory(target.getParent(), ".neupims-new-");
      Path project = Files.createDirectory(aside.resolve("project"));
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = project.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      Files.move(project, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InputException("--dir " + folder + ": cannot be written: " + e, e);
    } finally {
      delete(aside);
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
