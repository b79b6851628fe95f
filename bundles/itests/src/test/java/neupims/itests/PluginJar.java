// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles a scheduler and packs it as its author's build would, or with one thing wrong. */
final class PluginJar {
  private static final String API = "neupims.api.schedule";
  private static final String XML = "OSGI-INF/plugin.xml";

  private final Manifest manifest = new Manifest();
  private final Map<String, String> component = new LinkedHashMap<>();
  private final String type;
  private String members = "";
  private String body = "return IterationPlan.IDLE;";
  private String reference = "";
  private boolean description = true;
  private int release;

  private PluginJar(String bundle, String name) {
    type = bundle + ".Policy";
    header(Attributes.Name.MANIFEST_VERSION.toString(), "1.0");
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", bundle);
    header("Bundle-Version", "1.0.0");
    header("Import-Package", API);
    header("Service-Component", XML);
    property("neupims.name", name);
  }

  /** A bundle with a scheduler that does nothing, as a component. */
  static PluginJar scheduler(String bundle, String name) {
    return new PluginJar(bundle, name);
  }

  PluginJar header(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  PluginJar without(String header) {
    manifest.getMainAttributes().remove(new Attributes.Name(header));
    return this;
  }

  /** A service property; null takes it out. */
  PluginJar property(String name, String value) {
    component.put(name, value);
    return this;
  }

  /** Members of the class: fields, constructors, blocks. */
  PluginJar members(String code) {
    members = code;
    return this;
  }

  /** What the policy's method does. */
  PluginJar body(String code) {
    body = code;
    return this;
  }

  /** A service that the component cannot do without. */
  PluginJar needs(String service) {
    reference = "<reference name=\"need\" interface=\"%s\" field=\"need\"/>".formatted(service);
    return members("private " + service + " need;");
  }

  PluginJar withoutDescription() {
    description = false;
    return this;
  }

  /** Class files that say they are for another Java. */
  PluginJar compiledFor(int version) {
    release = version;
    return this;
  }

  /** Writes the jar aside and moves it into place, as a copy on one disk would arrive. */
  Path writeTo(Path jar) throws IOException {
    Path work = Files.createTempDirectory("plugin");
    try {
      compile(work);
      Path packed = work.resolve("packed");
      try (OutputStream file = Files.newOutputStream(packed);
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        if (description) {
          entry(out, XML, xml().getBytes(StandardCharsets.UTF_8));
        }
        String name = type.replace('.', '/') + ".class";
        entry(out, name, marked(Files.readAllBytes(work.resolve(name))));
      }
      Files.move(packed, jar, StandardCopyOption.REPLACE_EXISTING);
      return jar;
    } finally {
      try (Stream<Path> files = Files.walk(work)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void compile(Path work) throws IOException {
    int dot = type.lastIndexOf('.');
    String source =
        """
        package %s;
        import neupims.api.schedule.*;
        public final class %s implements BatchScheduler {
          %s
          @Override public IterationPlan plan(ServingState state) { %s }
        }
        """
            .formatted(type.substring(0, dot), type.substring(dot + 1), members, body);
    Path file = Files.writeString(work.resolve("Policy.java"), source);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = new ArrayList<>(List.of("--release", "17", "-d", work.toString()));
    options.addAll(List.of("-cp", Distribution.HOME.resolve("bundles/neupims.api.jar").toString()));
    try (var files = javac.getStandardFileManager(null, null, null)) {
      boolean done =
          javac
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      if (!done) {
        throw new IllegalStateException(messages.toString());
      }
    }
  }

  private String xml() {
    StringBuilder properties = new StringBuilder();
    component.forEach(
        (name, value) -> {
          if (value != null) {
            String kind = name.equals("service.ranking") ? "Integer" : "String";
            properties.append(
                "<property name=\"%s\" type=\"%s\" value=\"%s\"/>".formatted(name, kind, value));
          }
        });
    return """
    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s">
      %s
      <service><provide interface="neupims.api.schedule.BatchScheduler"/></service>
      %s
      <implementation class="%s"/>
    </scr:component>
    """
        .formatted(type, properties, reference, type);
  }

  /** The major version is in bytes 6 and 7 of a class file. */
  private byte[] marked(byte[] classFile) {
    if (release > 0) {
      classFile[7] = (byte) (release + 44);
    }
    return classFile;
  }

  private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
