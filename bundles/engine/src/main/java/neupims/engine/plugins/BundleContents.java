// SPDX-License-Identifier: Apache-2.0
package neupims.engine.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Digests of what is in bundles: of the names and checksums of their files. {@code META-INF} is
 * left out, as builds write times there.
 */
final class BundleContents {
  private static final String REFERENCE = "reference:";
  private static final String OURS = "neupims.";

  /** A bundle as it was installed or last updated. */
  private record State(long bundle, long modified) {}

  private final Map<State, String> known = new ConcurrentHashMap<>();

  /** Eight hexadecimal digits; empty if it cannot be read. */
  String of(Bundle bundle) {
    return known.computeIfAbsent(
        new State(bundle.getBundleId(), bundle.getLastModified()), state -> digest(bundle));
  }

  private static String digest(Bundle bundle) {
    try {
      String location = bundle.getLocation();
      Map<String, Long> files =
          location.startsWith(REFERENCE + "file:")
              ? ofJar(Path.of(URI.create(location.substring(REFERENCE.length()))))
              : ofEntries(bundle);
      CRC32 all = new CRC32();
      files.forEach(
          (name, crc) -> all.update((name + ' ' + crc + '\n').getBytes(StandardCharsets.UTF_8)));
      return "%08x".formatted(all.getValue());
    } catch (IOException | IllegalArgumentException | IllegalStateException unreadable) {
      return "";
    }
  }

  /** From the jar's own list, without reading the files. */
  private static Map<String, Long> ofJar(Path jar) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (isContent(entry.getName())) {
          files.put(entry.getName(), entry.getCrc());
        }
      }
    }
    return files;
  }

  private static Map<String, Long> ofEntries(Bundle bundle) throws IOException {
    Map<String, Long> files = new TreeMap<>();
    Enumeration<URL> entries = bundle.findEntries("/", "*", true);
    while (entries != null && entries.hasMoreElements()) {
      URL entry = entries.nextElement();
      String name = entry.getPath().substring(1);
      if (isContent(name)) {
        CRC32 crc = new CRC32();
        try (InputStream in = entry.openStream()) {
          crc.update(in.readAllBytes());
        }
        files.put(name, crc.getValue());
      }
    }
    return files;
  }

  private static boolean isContent(String name) {
    return !name.endsWith("/") && !name.startsWith("META-INF/");
  }

  /** A bundle and those of the platform that it uses, whatever the way: a text each. */
  List<String> closure(Bundle first) {
    Map<Long, Bundle> all = new TreeMap<>();
    collect(first, all);
    TreeSet<String> texts = new TreeSet<>();
    all.values()
        .forEach(
            b ->
                texts.add(
                    "%s (%s, content %s)".formatted(b.getSymbolicName(), b.getVersion(), of(b))));
    return List.copyOf(texts);
  }

  private static void collect(Bundle bundle, Map<Long, Bundle> all) {
    if (!bundle.getSymbolicName().startsWith(OURS)
        || all.putIfAbsent(bundle.getBundleId(), bundle) != null) {
      return;
    }
    for (BundleWire wire :
        bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
      collect(wire.getProvider().getBundle(), all);
    }
  }
}
