// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** Bundles made for a test, each with a {@link DropInScheduler}. */
final class DropIns {
  private DropIns() {}

  /** A scheduler that does as it should. */
  static InputStream scheduler(String name, String version) {
    return scheduler(name, version, -1, "plans");
  }

  /** A scheduler that does something else at an iteration. */
  static InputStream scheduler(String name, String version, long at, String does) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    main.putValue(Constants.BUNDLE_SYMBOLICNAME, "dropped." + name);
    main.putValue(Constants.BUNDLE_VERSION, version);
    main.putValue(Constants.BUNDLE_ACTIVATOR, DropInScheduler.class.getName());
    main.putValue(
        Constants.IMPORT_PACKAGE,
        "org.osgi.framework,neupims.api.schedule;version=\"[1,2)\","
            + "neupims.api.unit;version=\"[1,2)\",neupims.api.workload;version=\"[1,2)\"");
    main.putValue(DropInScheduler.NAME, name);
    main.putValue(DropInScheduler.AT, Long.toString(at));
    main.putValue(DropInScheduler.DOES, does);
    String path = DropInScheduler.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream code = DropIns.class.getClassLoader().getResourceAsStream(path);
        JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      jar.putNextEntry(new JarEntry(path));
      code.transferTo(jar);
      jar.closeEntry();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
