// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproduceCommandTest {
  private final TestPlatform platform = new TestPlatform();
  @TempDir private Path directory;

  private int run(String arguments) {
    return platform.run(("reproduce --out " + directory + " " + arguments).trim().split(" "));
  }

  private JsonObject json() {
    return JsonParser.parseString(platform.out()).getAsJsonObject();
  }

  @Test
  void withoutANameTheDefaultOnesRunAndLeaveTheirResults() {
    assertEquals(0, run(""));
    assertTrue(Files.exists(directory.resolve("short/result.json")));
    assertTrue(Files.exists(directory.resolve("short/figures.json")));
    assertFalse(Files.exists(directory.resolve("whole")));
    assertTrue(
        platform.out().matches("(?s).*fast over slow +4.00x +5.00x +0.80 +1\n.*"), platform.out());
    // 1000 tokens in 2 s and in 0.5 s.
    assertTrue(platform.out().contains("slow   fast\n 500  2,000"), platform.out());
  }

  @Test
  void allLeavesOutWhatIsPartOfAnother() {
    assertEquals(0, run("--all --json"));
    assertEquals(2, json().getAsJsonArray("experiments").size());
    assertFalse(Files.exists(directory.resolve("part")));
  }

  @Test
  void jsonHasTheFiguresWithTheirSources() {
    assertEquals(0, run("part --json"));
    JsonObject one = json().getAsJsonArray("experiments").get(0).getAsJsonObject();
    assertEquals("part", one.get("name").getAsString());
    assertTrue(one.get("complete").getAsBoolean());
    JsonObject figure = one.getAsJsonArray("figures").get(0).getAsJsonObject();
    assertEquals(4, figure.get("ours").getAsDouble());
    assertEquals(5, figure.get("paper").getAsDouble());
    assertEquals(0.8, figure.get("ratio").getAsDouble());
    assertEquals("a test", figure.get("source").getAsString());
  }

  @Test
  void anUnknownNameIsBadUsageWithTheNearest() {
    assertEquals(2, run("shrot"));
    assertTrue(platform.err().contains("short, part, whole"), platform.err());
    assertTrue(platform.err().contains("did you mean \"short\"?"), platform.err());
    assertFalse(Files.exists(directory.resolve("short")));
  }

  @Test
  void tablesGoIntoTheirPlaceInADocument() throws IOException {
    String begin = "before\n<!-- begin: neupims reproduce short --set batch=8 -->\n";
    Path file = Files.writeString(directory.resolve("doc.md"), begin + "old\n<!-- end -->\nafter");
    assertEquals(0, run("short --set batch=8 --into " + file));
    String text = Files.readString(file);
    assertTrue(text.startsWith(begin) && text.endsWith("<!-- end -->\nafter"), text);
    assertFalse(text.contains("old"), text);
    assertTrue(text.contains("| fast over slow | 4.00x | 5.00x | 0.80 | 1 |\n"), text);
    assertTrue(text.contains("| slow | fast |\n|---|---|\n| 500 | 2,000 |\n"), text);
  }

  @Test
  void anInterruptSaysWhatIsMissingAndLeavesItsTables() throws IOException {
    platform.simulation.whileRunning = () -> Thread.currentThread().interrupt();
    String text =
        "<!-- begin: neupims reproduce short -->\nold\n<!-- end -->\n"
            + "<!-- begin: neupims reproduce part -->\nolder\n<!-- end -->\n";
    Path file = Files.writeString(directory.resolve("doc.md"), text);
    assertEquals(Failures.INTERRUPTED, run("short part --into " + file));
    assertTrue(Thread.interrupted());
    assertTrue(Files.exists(directory.resolve("short/figures.json")));
    assertTrue(
        platform.err().contains("interrupted: not run: part; " + file + " keeps its tables"),
        platform.err());
    assertTrue(Files.readString(file).contains("\nolder\n"));
  }

  @Test
  void aDocumentWithoutAPlaceIsRefusedBeforeAnythingRuns() throws IOException {
    Path file = Files.writeString(directory.resolve("doc.md"), "no place");
    assertEquals(2, run("short --into " + file));
    assertTrue(platform.err().contains("<!-- begin: neupims reproduce short -->"), platform.err());
    assertFalse(Files.exists(directory.resolve("short")));
    assertEquals("no place", Files.readString(file));
  }

  @Test
  void theListSaysWhatThereIs() {
    assertEquals(0, run("--list"));
    assertTrue(platform.out().contains("short  a paper's experiment  yes"), platform.out());
    assertFalse(Files.exists(directory.resolve("short")));
  }
}
