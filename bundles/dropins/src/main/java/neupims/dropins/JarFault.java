// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osgi.framework.Constants;

/** Why a file cannot be a bundle, before anybody tries to install it. */
final class JarFault {
  private static final String REMEDY =
      "; build it with bnd (neupims new writes a project that does)";

  /** A file that was written to so recently may be half of what it will be. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  private JarFault() {}

  /** Empty if the file is a zip with a manifest that names a bundle. */
  static Optional<String> of(Path file) {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        return Optional.of("is not a bundle: it has no META-INF/MANIFEST.MF" + REMEDY);
      }
      String name = manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      return name != null && !name.isBlank()
          ? Optional.empty()
          : Optional.of("is not a bundle: its manifest has no Bundle-SymbolicName" + REMEDY);
    } catch (ZipException e) {
      return Optional.of(
          isFresh(file)
              ? "is not a jar file, or not yet: it was written just now, is it still being copied?"
              : "is not a jar file (" + Words.oneLine(e.getMessage()) + ")");
    } catch (IOException e) {
      return Optional.of(
          Files.isReadable(file)
              ? "is not a bundle: its META-INF/MANIFEST.MF is malformed ("
                  + Words.oneLine(e.getMessage())
                  + ")"
              : "cannot be read (" + Words.oneLine(e.toString()) + ")");
    }
  }

  /** Whether a file is no zip, but may become one. */
  static boolean mayBeHalfACopy(Path file) {
    try {
      new ZipFile(file.toFile()).close();
      return false;
    } catch (IOException e) {
      return isFresh(file);
    }
  }

  private static boolean isFresh(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      return written.isAfter(Instant.now().minus(FRESH));
    } catch (IOException gone) {
      return false;
    }
  }
}
