// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import neupims.api.unit.InputException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * A jar as an installed bundle: the one that is there already, or one for the time of the check,
 * which nobody else sees.
 */
final class CheckedBundle implements AutoCloseable {
  private static final String REFERENCE = "reference:";

  private final Bundle bundle;
  private final Optional<Seclusion> seclusion;

  private CheckedBundle(Bundle bundle, Optional<Seclusion> seclusion) {
    this.bundle = bundle;
    this.seclusion = seclusion;
  }

  static CheckedBundle of(BundleContext context, Path jar) {
    Attributes manifest = manifest(jar);
    if (manifest.getValue(Constants.BUNDLE_SYMBOLICNAME) == null) {
      throw new InputException(
          jar + ": is not a bundle, its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
    }
    Path file = real(jar);
    for (Bundle other : context.getBundles()) {
      if (file.equals(fileOf(other))) {
        return new CheckedBundle(other, Optional.empty());
      }
    }
    Seclusion seclusion = new Seclusion(context);
    try {
      return new CheckedBundle(seclusion.install(REFERENCE + file.toUri()), Optional.of(seclusion));
    } catch (BundleException | IllegalArgumentException e) {
      close(seclusion);
      throw new InputException(jar + ": cannot be installed: " + e.getMessage(), e);
    }
  }

  private static Attributes manifest(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new InputException(jar + (Files.exists(jar) ? ": is not a file" : ": does not exist"));
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      if (manifest == null) {
        throw new InputException(jar + ": is not a bundle, it has no META-INF/MANIFEST.MF");
      }
      return manifest.getMainAttributes();
    } catch (IOException e) {
      throw new InputException(jar + ": is not a jar file (" + e.getMessage() + ")", e);
    }
  }

  /** The file that a bundle is of: of a reference to it, or of a copy that its location names. */
  private static Path fileOf(Bundle bundle) {
    String location = bundle.getLocation();
    try {
      if (location.startsWith(REFERENCE + "file:")) {
        return real(Path.of(URI.create(location.substring(REFERENCE.length()))));
      }
      int slash = location.indexOf('/');
      return slash < 0 ? null : real(Path.of(location.substring(slash)));
    } catch (IllegalArgumentException notAFile) {
      return null;
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException gone) {
      return file.toAbsolutePath().normalize();
    }
  }

  Bundle bundle() {
    return bundle;
  }

  @Override
  public void close() {
    seclusion.ifPresent(CheckedBundle::close);
  }

  private static void close(Seclusion seclusion) {
    try {
      seclusion.close();
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }
}
