// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Makes bundles of classes of this module, with Declarative Services components. */
final class AuthorsJar {
  private final Map<String, Class<?>> plugins = new LinkedHashMap<>();
  private String imports = "neupims.api.schedule,neupims.api.workload";

  /** A component that registers its first interface under a name. */
  AuthorsJar with(String name, Class<?> type) {
    plugins.put(name, type);
    return this;
  }

  /** The import header. */
  AuthorsJar imports(String header) {
    imports = header;
    return this;
  }

  /** Writes the bundle, which is called what the file is called. */
  Path write(Path file) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", file.getFileName().toString().replace(".jar", ""));
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", imports);
    if (!plugins.isEmpty()) {
      main.putValue("Service-Component", "OSGI-INF/*.xml");
    }
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, Class<?>> plugin : plugins.entrySet()) {
        Class<?> type = plugin.getValue();
        String path = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(path));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
          bytes.transferTo(jar);
        }
        jar.putNextEntry(new JarEntry("OSGI-INF/" + plugin.getKey() + ".xml"));
        jar.write(component(plugin.getKey(), type).getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  /** Writes a bundle of compiled classes of one package, which has one component. */
  static void ofClasses(Path classes, Path file, String name, String component)
      throws IOException, ClassNotFoundException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    String packages = "neupims.api.schedule,neupims.api.workload,neupims.api.program";
    main.putValue("Import-Package", packages + ",neupims.api.unit");
    main.putValue("Service-Component", "OSGI-INF/component.xml");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        Stream<Path> all = Files.walk(classes);
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      for (Path type : all.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(type).toString()));
        Files.copy(type, jar);
      }
      jar.putNextEntry(new JarEntry("OSGI-INF/component.xml"));
      String xml = component(name, loader.loadClass(component));
      jar.write(xml.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String component(String name, Class<?> type) {
    return """
    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
      <implementation class="%1$s"/>
      <property name="neupims.name" value="%s"/>
      <service><provide interface="%s"/></service>
    </scr:component>
    """
        .formatted(type.getName(), name, type.getInterfaces()[0].getName());
  }
}
