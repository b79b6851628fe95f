// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles an author's sources against what the distribution's Maven repository has, and JUnit and
 * the annotations from the class path of the tests, which an author has from Maven Central.
 */
final class AuthorsCompiler {
  private static final Path REPOSITORY = Distribution.HOME.resolve("repo");

  private AuthorsCompiler() {}

  /** Compiles; warnings are errors, as an author would want. */
  static void compile(List<Path> sources, Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:all,-classfile,-processing,-path",
            "-Werror",
            "-cp",
            classPath(),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, Locale.ROOT, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      boolean done = javac.getTask(said, files, null, options, null, units).call();
      assertEquals("", said.toString());
      assertEquals(true, done);
    }
  }

  private static String classPath() throws IOException {
    List<String> path = new ArrayList<>();
    try (Stream<Path> jars = Files.walk(REPOSITORY)) {
      jars.map(Path::toString)
          .filter(jar -> jar.endsWith(".jar") && !jar.endsWith("-sources.jar"))
          .forEach(path::add);
    }
    path.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    return String.join(File.pathSeparator, path);
  }

  /** Java sources under a folder, in order; none where there is no such folder. */
  static List<Path> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
