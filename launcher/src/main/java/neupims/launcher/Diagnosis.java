// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Says in one line why a file or a bundle does not run, in terms of what its author can change. */
final class Diagnosis {
  private Diagnosis() {}

  /** Why a file cannot be installed as a bundle. */
  static String ofFile(Path file, String otherwise) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.getEntry("META-INF/MANIFEST.MF") == null) {
        return file + ": is not a bundle, it has no META-INF/MANIFEST.MF";
      }
      return file + ": " + otherwise;
    } catch (ZipException e) {
      return file + ": is not a jar file (" + oneLine(e.getMessage()) + ")";
    } catch (IOException e) {
      return file + ": cannot be read (" + oneLine(e.getMessage()) + ")";
    }
  }

  /** Why an installed bundle does not start. */
  static String ofBundle(Bundle bundle, BundleException failure, Bundle... all) {
    String who = bundle.getSymbolicName() + " " + bundle.getVersion();
    String file = bundle.getLocation().replaceFirst("^reference:file:(//)?", "");
    String why =
        bundle.getState() == Bundle.INSTALLED
            ? Unresolved.explain(bundle, all).orElseGet(() -> "does not resolve: " + cause(failure))
            : "does not start: " + cause(failure);
    return who + " (" + file + "): " + why;
  }

  /** The innermost message, which names what happened and not who passed it on. */
  static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return oneLine(root instanceof BundleException ? root.getMessage() : root.toString());
  }

  private static String oneLine(String message) {
    return String.valueOf(message).replaceAll("\\s+", " ").trim();
  }
}
