// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which bundle and package may know which: the arrows of DESIGN.md. */
class DependencyDirectionIT {
  /** The packages of the API; each imports only those before it. */
  private static final List<String> API =
      List.of("unit", "model", "program", "hw", "workload", "schedule", "compile", "metric", "run");

  @Test
  void whatImplementsTheApiExportsNothingSoThatNobodyCanImportIt() {
    assertAll(
        ours()
            .filter(
                jar ->
                    header(jar, "Provide-Capability")
                        .contains("objectClass:List<String>=\"neupims."))
            .map(jar -> () -> assertEquals("", header(jar, "Export-Package"), jar.toString())));
  }

  @Test
  void bundlesDependOnPackagesAndNotOnBundles() {
    assertAll(
        ours()
            .map(
                jar ->
                    () ->
                        assertEquals(
                            "",
                            header(jar, "Require-Bundle") + header(jar, "DynamicImport-Package"),
                            jar.toString())));
  }

  @Test
  void aPackageOfTheApiImportsOnlyPackagesToItsLeft() {
    String packages = "neupims\\.api\\.(\\w+)";
    Matcher arrow = Pattern.compile(packages + "\\s+-> " + packages + " ").matcher(jdeps());
    assertTrue(arrow.find(), "jdeps shows no arrow between packages of the API");
    do {
      assertTrue(API.indexOf(arrow.group(1)) > API.indexOf(arrow.group(2)), arrow.group());
    } while (arrow.find());
  }

  private static String jdeps() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    String jar = Distribution.HOME.resolve("bundles/neupims.api.jar").toString();
    ToolProvider tool = ToolProvider.findFirst("jdeps").orElseThrow();
    tool.run(out, out, "-verbose:package", "--ignore-missing-deps", jar);
    return text.toString();
  }

  private static Stream<Path> ours() {
    return Distribution.bundles().stream()
        .filter(jar -> jar.getFileName().toString().startsWith("neupims."));
  }

  private static String header(Path jar, String name) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes headers = file.getManifest().getMainAttributes();
      return headers.getValue(name) == null ? "" : headers.getValue(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
