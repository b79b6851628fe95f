// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import neupims.api.run.DropIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jars in a framework of their own, without Declarative Services. */
class DroppedJarsTest {
  private static final String API = "neupims.api.schedule";

  @TempDir private Path folder;

  @Test
  void soundBundlesGiveNoProblem() throws Exception {
    add("a.jar", TestBundle.named("a").with("Export-Package", "p;version=1.5"));
    add("b.jar", library("b").with("Import-Package", "p;version=\"[1,2)\""));
    assertEquals(List.of(), problems());
  }

  @Test
  void aMissingPackageIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").with("Import-Package", "p,q;resolution:=optional"));
    assertEquals(List.of("does not resolve: needs package p, which no bundle offers"), problems());
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
    Path file = Files.writeString(folder.resolve("a.jar"), "text");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    assertProblem("is not a jar file (");
  }

  @Test
  void aFileThatIsHalfCopiedMayBeOneLater() throws Exception {
    Path whole = TestBundle.named("a").writeTo(folder.resolve("whole"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("a.jar"), Arrays.copyOf(bytes, bytes.length / 2));
    assertProblem("is it still being copied?");
  }

  @Test
  void aZipWithoutAManifestIsNamed() throws Exception {
    new ZipOutputStream(Files.newOutputStream(folder.resolve("a.jar"))).close();
    assertProblem("is not a bundle: it has no META-INF/MANIFEST.MF; build it with bnd");
  }

  @Test
  void aMalformedManifestIsNamed() throws Exception {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("a.jar")))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("no colon\n".getBytes(StandardCharsets.UTF_8));
    }
    assertProblem("is not a bundle: its META-INF/MANIFEST.MF is malformed (invalid header field");
  }

  @Test
  void aHeaderThatTheFrameworkRefusesIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").with("Bundle-Version", "one"));
    assertProblem("cannot be installed: java.lang.IllegalArgumentException: invalid version");
  }

  @Test
  void aJarWithoutABundleNameIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").without("Bundle-SymbolicName"));
    assertProblem("is not a bundle: its manifest has no Bundle-SymbolicName");
  }

  @Test
  void aSecondFileWithTheSameBundleNamesTheFirst() throws Exception {
    Path first = add("a.jar", library("a"));
    add("b.jar", library("a"));
    assertProblem("is a 1.0.0, and so is " + first + ", which was there first: remove one of them");
  }

  @Test
  void aSecondFileWithTheSameBundleTakesOverWhenTheFirstIsRemoved() throws Exception {
    Path first = add("a.jar", TestBundle.named("a"));
    Path second = add("b.jar", TestBundle.named("a"));
    try (TestFramework framework = TestFramework.with(folder)) {
      Files.delete(first);
      framework.jars().remove(first);
      assertEquals(List.of(second), framework.jars().list().stream().map(DropIn::file).toList());
      assertEquals(1, framework.bundlesNamed("a").size());
    }
  }

  @Test
  void anActivatorThatIsNotThereIsNamed() throws Exception {
    add("a.jar", TestBundle.named("a").with("Bundle-Activator", "no.Activator"));
    assertProblem("does not start: java.lang.ClassNotFoundException: no.Activator");
  }

  @Test
  void anApiThatIsTooNewIsCalledThat() throws Exception {
    add("a.jar", TestBundle.named("a").with("Import-Package", API + ";version=\"[2,3)\""));
    assertProblem(
        "needs package neupims.api.schedule [2.0.0,3.0.0); there is 1.2.0"
            + " (org.apache.felix.framework 7.0.5): it is built for a newer API;");
  }

  @Test
  void anApiThatIsTooOldIsCalledThat() throws Exception {
    add("a.jar", TestBundle.named("a").with("Import-Package", API + ";version=\"[0.5,1)\""));
    assertProblem(
        ": it is built for an older API; build it again with the API of this NeuPIMs Lab");
  }

  @Test
  void aPackageThatTheApiDoesNotHaveMeansANewerApi() throws Exception {
    add("a.jar", TestBundle.named("a").with("Import-Package", "neupims.api.dreams"));
    assertProblem("which no bundle offers: it is built for a newer API;");
  }

  @Test
  void aLibraryThatKnowsNothingOfTheApiIsNoPlugInAndNoProblem() throws Exception {
    add("a.jar", TestBundle.named("a").with("Export-Package", "p"));
    assertEquals(List.of(), problems());
  }

  @Test
  void aBundleWithoutAnythingRegistersNoPlugIn() throws Exception {
    add("a.jar", TestBundle.named("a"));
    assertProblem("registers no plug-in: its manifest has no Service-Component");
  }

  @Test
  void aReplacedJarIsTheNewOneEvenIfItsVersionIsTheSame() throws Exception {
    Path jar = add("a.jar", TestBundle.named("a").with("Export-Package", "p"));
    add("b.jar", TestBundle.named("b").with("Import-Package", "q").with("Export-Package", "r"));
    try (TestFramework framework = TestFramework.with(folder)) {
      assertEquals(
          List.of("does not resolve: needs package q, which no bundle offers"), framework.faults());
      long revision = framework.jars().list().get(0).revision();
      framework.jars().put(jar);
      assertEquals(revision, framework.jars().list().get(0).revision(), "nothing has changed");

      add("a.jar", TestBundle.named("a").with("Export-Package", "p,q"));
      framework.jars().put(jar);
      assertEquals(List.of(), framework.faults());
      assertEquals(revision + 1, framework.jars().list().get(0).revision());
    }
  }

  @Test
  void aJarThatIsReplacedByABrokenOneIsGone() throws Exception {
    Path jar = add("a.jar", TestBundle.named("a").with("Export-Package", "p"));
    try (TestFramework framework = TestFramework.with(folder)) {
      Files.writeString(jar, "text");
      framework.jars().put(jar);
      assertEquals(1, framework.faults().size());
      assertEquals("", framework.jars().list().get(0).bundle());
      assertEquals(List.of(), framework.bundlesNamed("a"));
    }
  }

  @Test
  void aScanTakesWhatIsNewOrChangedOnceItLooksTheSameTwiceAndDropsWhatIsGone() throws Exception {
    try (TestFramework framework = TestFramework.with(folder)) {
      Path jar = library("a").writeTo(folder.resolve("a.jar"));
      assertFalse(framework.jars().scan());
      assertTrue(framework.jars().scan());
      assertFalse(framework.jars().scan());
      assertEquals(1, framework.bundlesNamed("a").size());

      library("a").with("Bundle-Version", "2").writeTo(jar);
      assertFalse(framework.jars().scan());
      assertTrue(framework.jars().scan());
      assertEquals("2.0.0", framework.jars().list().get(0).version());

      Files.delete(jar);
      assertTrue(framework.jars().scan());
      assertEquals(List.of(), framework.jars().list());
      assertEquals(List.of(), framework.bundlesNamed("a"));
    }
  }

  @Test
  void aScanLeavesHalfACopyAloneAndWhatWasThereBeforeInPlace() throws Exception {
    Path jar = library("a").writeTo(folder.resolve("a.jar"));
    try (TestFramework framework = TestFramework.with(folder)) {
      byte[] bytes =
          Files.readAllBytes(
              library("a").with("Bundle-Version", "2").writeTo(folder.resolve("new")));
      Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
      // Somebody is still writing, however slow this machine is.
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
      assertFalse(framework.jars().scan());
      assertFalse(framework.jars().scan());
      assertEquals("1.0.0", framework.jars().list().get(0).version());
      assertEquals(List.of(), framework.faults());

      Files.write(jar, bytes);
      framework.jars().scan();
      assertTrue(framework.jars().scan());
      assertEquals("2.0.0", framework.jars().list().get(0).version());
    }
  }

  @Test
  void aScanTakesHalfACopyThatNobodyWritesToForWhatItIs() throws Exception {
    try (TestFramework framework = TestFramework.with(folder)) {
      Path file = Files.writeString(folder.resolve("a.jar"), "text");
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      framework.jars().scan();
      assertTrue(framework.jars().scan());
      assertTrue(framework.faults().get(0).startsWith("is not a jar file ("));
    }
  }

  private static TestBundle library(String name) {
    return TestBundle.named(name).with("Export-Package", "of." + name);
  }

  private Path add(String name, TestBundle bundle) throws Exception {
    return bundle.writeTo(folder.resolve(name));
  }

  private void assertProblem(String part) throws Exception {
    List<String> problems = problems();
    assertEquals(1, problems.size(), problems::toString);
    assertTrue(problems.get(0).contains(part), problems.get(0));
  }

  private List<String> problems() throws Exception {
    try (TestFramework framework = TestFramework.with(folder)) {
      return framework.faults();
    }
  }
}
