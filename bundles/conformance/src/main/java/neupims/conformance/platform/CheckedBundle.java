// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.platform;

import java.io.IOException;
import java.io.InputStream;
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
import org.osgi.framework.Version;

/**
 * A jar as an installed bundle: the one that is there already, or one for the time of the check,
 * which another one of the same name makes room for meanwhile.
 */
final class CheckedBundle implements AutoCloseable {
  private static final String REFERENCE = "reference:";

  private final BundleContext context;
  private final Bundle bundle;
  private final boolean installed;
  private final Optional<Displaced> displaced;

  /** A bundle that made room. */
  private record Displaced(String location, Path file) {}

  private CheckedBundle(
      BundleContext context, Bundle bundle, boolean installed, Optional<Displaced> displaced) {
    this.context = context;
    this.bundle = bundle;
    this.installed = installed;
    this.displaced = displaced;
  }

  static CheckedBundle of(BundleContext context, Path jar) {
    Attributes manifest = manifest(jar);
    String name = manifest.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (name == null) {
      throw new InputException(
          jar + ": is not a bundle, its manifest has no " + Constants.BUNDLE_SYMBOLICNAME);
    }
    Path file = real(jar);
    for (Bundle other : context.getBundles()) {
      if (file.equals(fileOf(other))) {
        return new CheckedBundle(context, other, false, Optional.empty());
      }
    }
    String bare = name.split(";", 2)[0].trim();
    Optional<Displaced> displaced = Optional.empty();
    try {
      for (Bundle other : context.getBundles()) {
        if (bare.equals(other.getSymbolicName()) && other.getVersion().equals(version(manifest))) {
          displaced = Optional.of(new Displaced(other.getLocation(), fileOf(other)));
          other.uninstall();
        }
      }
      Bundle bundle = context.installBundle(REFERENCE + file.toUri());
      return new CheckedBundle(context, bundle, true, displaced);
    } catch (BundleException | IllegalArgumentException e) {
      restore(context, displaced);
      throw new InputException(jar + ": cannot be installed: " + e.getMessage(), e);
    }
  }

  private static Version version(Attributes manifest) {
    return Version.parseVersion(manifest.getValue(Constants.BUNDLE_VERSION));
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
    if (installed) {
      try {
        bundle.uninstall();
      } catch (BundleException e) {
        throw new IllegalStateException(e);
      }
      restore(context, displaced);
    }
  }

  private static void restore(BundleContext context, Optional<Displaced> displaced) {
    if (displaced.isEmpty()) {
      return;
    }
    Displaced before = displaced.get();
    try (InputStream content = before.file() == null ? null : Files.newInputStream(before.file())) {
      boolean copied = !before.location().startsWith(REFERENCE) && content != null;
      Bundle back =
          copied
              ? context.installBundle(before.location(), content)
              : context.installBundle(before.location());
      back.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
