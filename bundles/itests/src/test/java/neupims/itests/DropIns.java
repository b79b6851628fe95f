// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Bundles made for a test. */
final class DropIns {
  private DropIns() {}

  /** A scheduler that does as it should. */
  static InputStream scheduler(String name, String version) {
    return scheduler(name, version, -1, "plans");
  }

  /** A scheduler that does something else at an iteration. */
  static InputStream scheduler(String name, String version, long at, String does) {
    Map<String, String> headers = new HashMap<>();
    headers.put(DropInScheduler.AT, Long.toString(at));
    headers.put(DropInScheduler.DOES, does);
    return bundle(name, version, headers, DropInScheduler.class);
  }

  /** Links that take no time. */
  static InputStream link(String name, String version) {
    return bundle(name, version, Map.of(), DropInLink.class, DropInLink.Late.class);
  }

  /** The first class is the activator. */
  private static InputStream bundle(
      String name, String version, Map<String, String> headers, Class<?>... classes) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, "dropped." + name);
    main.putValue(Constants.BUNDLE_VERSION, version);
    main.putValue(Constants.BUNDLE_ACTIVATOR, classes[0].getName());
    main.putValue(
        Constants.IMPORT_PACKAGE,
        "org.osgi.framework,neupims.api.hw;version=\"[1,2)\",neupims.api.schedule;version=\"[1,2)\","
            + "neupims.api.unit;version=\"[1,2)\",neupims.api.workload;version=\"[1,2)\"");
    main.putValue(DropInScheduler.NAME, name);
    headers.forEach(main::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Class<?> type : classes) {
        String path = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream code = DropIns.class.getClassLoader().getResourceAsStream(path)) {
          code.transferTo(jar);
        }
        jar.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
