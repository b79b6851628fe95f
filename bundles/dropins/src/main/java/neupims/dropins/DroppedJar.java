// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;

/** One file and what became of it. Not thread-safe. */
final class DroppedJar {
  /**
   * Where a bundle says it comes from. Not a URL of the file: the watcher takes such bundles for
   * its own.
   */
  private static final String LOCATION = "neupims:plugin:";

  final Path file;
  private FileStamp stamp;
  private Bundle bundle;
  private long revision;
  private String fault;
  private boolean duplicate;

  DroppedJar(Path file) {
    this.file = file;
  }

  /** The bundle that the file is now, if it is one. */
  Optional<Bundle> bundle() {
    return Optional.ofNullable(bundle);
  }

  long revision() {
    return revision;
  }

  /** Why it is not installed or did not start; null if it is and did. */
  String fault() {
    return fault;
  }

  /** Whether it is left out for another bundle of its name and version. */
  boolean isDuplicate() {
    return duplicate;
  }

  /** Whether the file has changed since it was last installed. */
  boolean isStale() {
    return !Objects.equals(FileStamp.of(file).orElse(null), stamp);
  }

  /**
   * Installs the file or, if it was installed before, updates its bundle. The content is copied, so
   * that a file that is written over does not pull classes from under a running policy.
   */
  void install(BundleContext context, Patience patience) {
    FileStamp now = FileStamp.of(file).orElse(null);
    revision += Objects.equals(now, stamp) ? 0 : 1;
    stamp = now;
    duplicate = false;
    fault = JarFault.of(file).orElse(null);
    if (fault != null) {
      uninstall(patience);
      return;
    }
    try {
      if (bundle == null) {
        try (InputStream content = Files.newInputStream(file)) {
          bundle = context.installBundle(LOCATION + file, content);
        }
      } else {
        patience.call(this::update);
      }
    } catch (BundleException e) {
      duplicate = e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR;
      fault = duplicate ? "" : "cannot be installed: " + Words.cause(e);
      uninstall(patience);
    } catch (Exception e) {
      fault = "cannot be installed: " + Words.cause(e);
      uninstall(patience);
    }
  }

  /** Starts the bundle if it is resolved and does not run; what goes wrong becomes its fault. */
  void start(Patience patience) {
    if (bundle == null || bundle.getState() != Bundle.RESOLVED || isFragment()) {
      return;
    }
    try {
      patience.call(
          () -> {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            return null;
          });
      fault = null;
    } catch (TimeoutException e) {
      fault = "does not start: its activator " + e.getMessage();
    } catch (Exception e) {
      fault = "does not start: " + Words.cause(e);
    }
  }

  /** Uninstalls the bundle; the file may be gone. */
  void uninstall(Patience patience) {
    if (bundle == null) {
      return;
    }
    try {
      patience.call(
          () -> {
            bundle.uninstall();
            return null;
          });
    } catch (Exception e) {
      fault = fault == null ? "cannot be stopped: " + Words.cause(e) : fault;
    }
    bundle = null;
  }

  /** Stopped first, so that its services go once and come back once, when all is in place. */
  private Void update() throws BundleException, IOException {
    bundle.stop(Bundle.STOP_TRANSIENT);
    try (InputStream content = Files.newInputStream(file)) {
      bundle.update(content);
    }
    return null;
  }

  /** The file that a bundle came from, or what else tells a user which it is. */
  static String origin(Bundle bundle) {
    String location = bundle.getLocation();
    return location.startsWith(LOCATION)
        ? location.substring(LOCATION.length())
        : "a bundle of the platform (" + location.replaceFirst(".*/", "") + ")";
  }

  private boolean isFragment() {
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }
}
