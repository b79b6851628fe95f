// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import neupims.api.run.DropIn;
import neupims.api.run.PluginInfo;
import org.junit.jupiter.api.Test;

/** What is said of jars that come, change and go. */
class ArrivalsTest {
  private static final DropIn ONE = jar("1.0.0", 1);
  private static final DropIn BROKEN =
      new DropIn(Path.of("b.jar"), "", "", 1, List.of(), List.of("is no zip"), List.of());

  private static List<String> between(List<DropIn> before, List<DropIn> after) {
    return Arrivals.between(before, after, Map.of(), Map.of());
  }

  @Test
  void twoBuildsOfOneVersionAreToldApartByTheirContent() {
    Path file = ONE.file();
    for (String[] wanted :
        new String[][] {
          {"bbbb2222", "; content bbbb2222, was aaaa1111"},
          {"aaaa1111", "; the same content aaaa1111"}
        }) {
      assertEquals(
          List.of("a.jar: replaced scheduler mine (my.bundle 1.0.0), was 1.0.0" + wanted[1]),
          Arrivals.between(
              List.of(ONE),
              List.of(jar("1.0.0", 2)),
              Map.of(file, "aaaa1111"),
              Map.of(file, wanted[0])));
    }
  }

  @Test
  void nothingIsSaidOfJarsThatStayed() {
    assertEquals(List.of(), between(List.of(ONE, BROKEN), List.of(ONE, BROKEN)));
  }

  @Test
  void aJarThatCameNamesItsPlugIns() {
    assertEquals(
        List.of("a.jar: added scheduler mine (my.bundle 1.0.0)"), between(List.of(), List.of(ONE)));
  }

  @Test
  void aJarThatWentNamesThemToo() {
    assertEquals(
        List.of("a.jar: removed scheduler mine (my.bundle 1.0.0)"),
        between(List.of(ONE), List.of()));
  }

  @Test
  void aReplacedJarNamesBothVersionsEvenIfTheyAreOne() {
    assertEquals(
        List.of("a.jar: replaced scheduler mine (my.bundle 1.0.0), was 1.0.0"),
        between(List.of(ONE), List.of(jar("1.0.0", 2))));
  }

  @Test
  void aJarThatCannotWorkSaysWhy() {
    assertEquals(
        List.of("b.jar: added, does not work: is no zip"), between(List.of(), List.of(BROKEN)));
  }

  @Test
  void aJarThatWorksSinceAnotherCameIsNamed() {
    DropIn waited =
        new DropIn(
            ONE.file(), "my.bundle", "1.0.0", 1, List.of(), List.of("needs package p"), List.of());
    assertEquals(
        List.of("a.jar: works now, scheduler mine (my.bundle 1.0.0)"),
        between(List.of(waited), List.of(ONE)));
  }

  private static DropIn jar(String version, long revision) {
    PluginInfo plugin = new PluginInfo("scheduler", "mine", "my.bundle", version, "");
    return new DropIn(
        Path.of("a.jar"), "my.bundle", version, revision, List.of(plugin), List.of(), List.of());
  }
}
