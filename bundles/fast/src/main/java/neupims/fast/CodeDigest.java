// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The code that a fit runs, as a digest: classes of the bundles of its parts and of those that they
 * are wired to, as a version may stand still while code changes. Other bundles that are there are
 * none of a fit's business.
 */
final class CodeDigest {
  private CodeDigest() {}

  /**
   * Of parts and what they call.
   *
   * @param parts objects of a framework's bundles; others, as in tests, count for nothing
   */
  static String of(Object... parts) {
    return ofBundles(
        Arrays.stream(parts)
            .map(part -> FrameworkUtil.getBundle(part.getClass()))
            .filter(Objects::nonNull)
            .toList());
  }

  /** Of bundles and those that they are wired to. */
  static String ofBundles(List<Bundle> parts) {
    Set<Bundle> bundles = new HashSet<>();
    parts.forEach(bundle -> reach(bundle, bundles));
    List<Bundle> sorted = new ArrayList<>(bundles);
    sorted.sort(
        Comparator.comparing(Bundle::getSymbolicName)
            .thenComparing(Bundle::getVersion)
            .thenComparing(Bundle::getBundleId));
    MessageDigest digest = sha256();
    sorted.forEach(bundle -> add(digest, bundle));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Adds a bundle and all whose packages it sees; the framework, bundle 0, is not ours. */
  private static void reach(Bundle bundle, Set<Bundle> bundles) {
    if (bundle.getBundleId() == 0 || !bundles.add(bundle)) {
      return;
    }
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return;
    }
    for (String wires :
        List.of(PackageNamespace.PACKAGE_NAMESPACE, BundleNamespace.BUNDLE_NAMESPACE)) {
      wiring
          .getRequiredWires(wires)
          .forEach(wire -> reach(wire.getProviderWiring().getBundle(), bundles));
    }
  }

  private static void add(MessageDigest digest, Bundle bundle) {
    digest.update(
        (bundle.getSymbolicName() + bundle.getVersion()).getBytes(StandardCharsets.UTF_8));
    if (bundle.getState() == Bundle.UNINSTALLED) { // its code can no longer be read, nor come back
      digest.update(Long.toString(bundle.getLastModified()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    Enumeration<URL> classes = bundle.findEntries("/", "*.class", true);
    if (classes == null) {
      return;
    }
    for (URL entry :
        Collections.list(classes).stream().sorted(Comparator.comparing(URL::getPath)).toList()) {
      try (InputStream in = entry.openStream()) {
        digest.update(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + entry, e);
      }
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
