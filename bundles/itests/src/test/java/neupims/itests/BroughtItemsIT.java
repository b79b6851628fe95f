// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Data files in a bundle are in the catalog for as long as the bundle is started. */
class BroughtItemsIT {
  @TempDir private Path folder;

  /** A bundle of one file; whoever packed it, folders are no entries of their own. */
  private Path jar(String name, String json) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    Path file = folder.resolve(name + ".jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      jar.putNextEntry(new JarEntry("neupims/catalog/memories/wide.json"));
      jar.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void aMemoryComesAndGoesWithItsBundle() throws Exception {
    RunningPlatform platform = new RunningPlatform();
    try {
      Catalog catalog = platform.service(Catalog.class);
      assertFalse(catalog.names(CatalogKind.MEMORY).contains("wide"));
      Bundle first =
          platform.install(
              jar("one", "{\"base\": \"pim-neupims\", \"pim\": {\"multipliersPerBank\": 32}}"));
      assertTrue(catalog.names(CatalogKind.MEMORY).contains("wide"));
      assertEquals(32, catalog.memory("wide", List.of()).pim().orElseThrow().multipliersPerBank());

      Bundle second = platform.install(jar("two", "{\"base\": \"hbm2\"}"));
      String message =
          assertThrows(InputException.class, () -> catalog.memory("wide", List.of())).getMessage();
      assertTrue(message.contains("[one 1.0.0, two 1.0.0]"), message);

      first.uninstall();
      assertTrue(catalog.memory("wide", List.of()).pim().isEmpty());
      second.stop();
      assertFalse(catalog.names(CatalogKind.MEMORY).contains("wide"));
    } finally {
      platform.stop();
    }
  }
}
