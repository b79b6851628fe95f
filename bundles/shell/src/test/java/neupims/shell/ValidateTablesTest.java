// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateTablesTest {
  private final TestPlatform platform = new TestPlatform();
  @TempDir private Path directory;

  @Test
  void namedTablesArePrintedAndReplacedInADocument() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("doc.md"),
            "a\n<!-- begin: neupims validate inputs -->\nold\n<!-- end -->\nb\n");
    assertEquals(0, platform.run("validate", "inputs", "--into", file.toString()));
    String table = "| of | cycles |\n|---|---|\n| inputs | 1,000 |\n";
    assertTrue(platform.out().contains(table), platform.out());
    assertEquals(
        "a\n<!-- begin: neupims validate inputs -->\n" + table + "<!-- end -->\nb\n",
        Files.readString(file));
  }

  @Test
  void anUnknownTableOrADocumentWithoutAPlaceIsBadUsage() throws IOException {
    Path file = Files.writeString(directory.resolve("doc.md"), "nothing");
    assertEquals(2, platform.run("validate", "step"));
    assertTrue(platform.err().contains("\"step\" is not a table; allowed: ladder, inputs"));
    assertEquals(2, platform.run("validate", "ladder", "--into", file.toString()));
    assertTrue(platform.err().contains("<!-- begin: neupims validate ladder -->"), platform.err());
    assertEquals(2, platform.run("validate", "--into", file.toString()));
    assertEquals("nothing", Files.readString(file));
  }
}
