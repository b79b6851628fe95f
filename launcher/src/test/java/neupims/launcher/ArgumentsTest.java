// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
  @TempDir private Path folder;

  @Test
  void pluginFoldersMayStandAnywhereAndAreTakenOut() {
    String name = folder.toString();

    Arguments arguments = Arguments.parse("--plugins", name, "list", "--plugins=" + name, "--json");

    assertEquals(List.of(folder, folder), arguments.pluginFolders());
    assertEquals(List.of("list", "--json"), arguments.rest());
  }

  @Test
  void aRelativeFolderResolvesAgainstTheWorkingDirectory() {
    assertEquals(
        List.of(Path.of("src").toAbsolutePath()),
        Arguments.parse("--plugins", "src").pluginFolders());
  }

  @Test
  void aMissingFolderIsNamed() {
    assertRefused(
        folder.resolve("absent") + " does not exist",
        "--plugins",
        folder.resolve("absent").toString());
  }

  @Test
  void aFileIsNotAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("plugin.jar"));
    assertRefused(file + " is a file, not a folder of jars", "--plugins=" + file);
  }

  @Test
  void theOptionNeedsAFolder() {
    assertRefused("--plugins needs a folder", "list", "--plugins");
  }

  private static void assertRefused(String message, String... args) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> Arguments.parse(args)).getMessage();
    assertTrue(refusal.endsWith(message), refusal);
  }
}
