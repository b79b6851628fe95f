// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** What tells two contents of a file apart without reading them. */
record FileStamp(FileTime modified, long bytes, Object key) {
  /** Empty if there is no such file. */
  static Optional<FileStamp> of(Path file) {
    try {
      var found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new FileStamp(found.lastModifiedTime(), found.size(), found.fileKey()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
