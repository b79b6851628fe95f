// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, the launcher and the distribution together, as a process. */
class LauncherIT {
  @TempDir private Path folder;

  @Test
  void aBundleWithAMissingImportIsNamedInOneLineAndTheRestRuns() throws Exception {
    writeBundle(
        folder.resolve("dropped.jar"),
        "org.example.dropped",
        "org.example.absent;version=\"[1,2)\"");

    Distribution.Run plain = Distribution.run(folder, "list");
    Distribution.Run run = Distribution.run(folder, "list", "--plugins", ".");

    assertEquals("", plain.err());
    assertEquals(
        "neupims: org.example.dropped 1.0.0 ("
            + folder.resolve("dropped.jar")
            + "): does not resolve: needs package org.example.absent [1.0.0,2.0.0), which no bundle"
            + " offers\n",
        run.err());
    assertEquals(0, run.exitCode());
  }

  @Test
  void aPluginFolderThatIsNotThereIsBadUsage() throws Exception {
    Distribution.Run run = Distribution.run(folder, "--plugins", "absent", "list");

    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains(folder.resolve("absent") + " does not exist"), run.err());
  }

  private static void writeBundle(Path jar, String name, String imports) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Import-Package", imports);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
