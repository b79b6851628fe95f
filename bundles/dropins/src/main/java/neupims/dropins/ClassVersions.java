// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Classes that this Java cannot load because they were compiled for a newer one. */
final class ClassVersions {
  /** Class files of Java N have major version N + 44 (JVM specification, 4.1). */
  private static final int OFFSET = 44;

  private static final int MAGIC = 0xCAFEBABE;

  private ClassVersions() {}

  /** Names the first such class of a bundle, both versions, and the remedy. */
  static Optional<String> newest(Bundle bundle) {
    Enumeration<URL> entries = bundle.findEntries("/", "*.class", true);
    int here = Runtime.version().feature();
    for (URL url : Collections.list(entries == null ? Collections.emptyEnumeration() : entries)) {
      // Versions of a class for newer Javas are there to be skipped.
      if (!url.getPath().startsWith("/META-INF/")) {
        int java = javaOf(url);
        if (java > here) {
          String name = url.getPath().substring(1).replace(".class", "").replace('/', '.');
          return Optional.of(
              "%s is compiled for Java %d and this is Java %d: compile with --release 17"
                  .formatted(name, java, here));
        }
      }
    }
    return Optional.empty();
  }

  private static int javaOf(URL url) {
    try (InputStream in = url.openStream();
        DataInputStream data = new DataInputStream(in)) {
      if (data.readInt() != MAGIC) {
        return 0;
      }
      data.readUnsignedShort();
      return data.readUnsignedShort() - OFFSET;
    } catch (IOException unreadable) {
      return 0;
    }
  }
}
