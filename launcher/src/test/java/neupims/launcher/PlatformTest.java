// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bundle that does not run is told, one line each. */
class PlatformTest {
  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  @Test
  void soundBundlesGiveNoProblem() throws Exception {
    add("a.jar", TestBundle.named("a").with("Export-Package", "p;version=1.5"));
    add("b.jar", TestBundle.named("b").with("Import-Package", "p;version=\"[1,2)\""));
    assertEquals(List.of(), problems());
  }

  @Test
  void aMissingPackageIsNamed() throws Exception {
    Path jar =
        add("a.jar", TestBundle.named("a").with("Import-Package", "p,q;resolution:=optional"));
    assertEquals(
        List.of("a 1.0.0 (" + jar + "): does not resolve: needs package p, which no bundle offers"),
        problems());
  }

  @Test
  void anotherVersionOfTheMissingPackageIsNamedWithItsBundle() throws Exception {
    add("a.jar", TestBundle.named("a").with("Export-Package", "p;version=1.5"));
    add("b.jar", TestBundle.named("b").with("Import-Package", "p;version=\"[2,3)\""));
    assertProblem("needs package p [2.0.0,3.0.0); there is 1.5.0 (a 1.0.0)");
  }

  @Test
  void aBundleThatWaitsForABrokenOneNamesIt() throws Exception {
    add(
        "a.jar",
        TestBundle.named("a").with("Import-Package", "absent").with("Export-Package", "p"));
    add("b.jar", TestBundle.named("b").with("Import-Package", "p"));
    List<String> problems = problems();
    assertEquals(2, problems.size());
    assertTrue(
        problems.get(1).endsWith("needs package p of a 1.0.0, which does not resolve either"),
        problems.get(1));
  }

  @Test
  void aMissingCapabilityIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").with("Require-Capability", "x.y;filter:=\"(x.y=z)\""));
    assertProblem("needs capability x.y (x.y=z), which no bundle offers");
  }

  @Test
  void aBundleForANewerJavaNamesBoth() throws Exception {
    String newer = "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"";
    add("a.jar", TestBundle.named("a").with("Require-Capability", newer));
    assertProblem("needs JavaSE 99 or later; there is " + Runtime.version().feature() + ".0.0");
  }

  @Test
  void aFileThatIsNoZipIsNamed() throws Exception {
    files.add(Files.writeString(folder.resolve("a.jar"), "text"));
    assertProblem(folder.resolve("a.jar") + ": is not a jar file");
  }

  @Test
  void aJarWithoutABundleNameIsNamed() throws Exception {
    Path jar = add("a.jar", TestBundle.named("a").without("Bundle-SymbolicName"));
    assertProblem(jar + ": ");
    assertProblem("symbolic name");
  }

  @Test
  void aSecondFileWithTheSameBundleIsLeftOut() throws Exception {
    add("a.jar", TestBundle.named("a"));
    Path second = add("b.jar", TestBundle.named("a"));
    assertProblem(second + ": cannot be installed");
  }

  @Test
  void anActivatorThatIsNotThereIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").with("Bundle-Activator", "no.Activator"));
    assertProblem("does not start: java.lang.ClassNotFoundException: no.Activator");
  }

  private Path add(String name, TestBundle bundle) throws Exception {
    Path jar = bundle.writeTo(folder.resolve(name));
    files.add(jar);
    return jar;
  }

  private void assertProblem(String part) throws Exception {
    List<String> problems = problems();
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains(part), problems.get(0));
  }

  private List<String> problems() throws Exception {
    try (Platform platform = Platform.open()) {
      platform.start(files);
      return platform.problems();
    }
  }
}
