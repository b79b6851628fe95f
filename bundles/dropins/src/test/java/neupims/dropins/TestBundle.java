// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Writes bundles without content. */
final class TestBundle {
  private final Manifest manifest = new Manifest();

  private TestBundle() {}

  static TestBundle named(String name) {
    return new TestBundle()
        .with(Attributes.Name.MANIFEST_VERSION.toString(), "1.0")
        .with("Bundle-ManifestVersion", "2")
        .with("Bundle-SymbolicName", name)
        .with("Bundle-Version", "1.0.0");
  }

  TestBundle with(String header, String value) {
    manifest.getMainAttributes().putValue(header, value);
    return this;
  }

  TestBundle without(String header) {
    manifest.getMainAttributes().remove(new Attributes.Name(header));
    return this;
  }

  Path writeTo(Path jar) throws IOException {
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
