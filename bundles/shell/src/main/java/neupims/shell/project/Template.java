// SPDX-License-Identifier: Apache-2.0
package neupims.shell.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/** The files of a project of a kind, with words to be replaced. */
public final class Template {
  private static final String COMMON = "common/";

  /** The plug-in beside what is there, where it makes a difference, in seconds. */
  private static final String EXPERIMENT = "experiment.json";

  /** Begins every source here, as the repository has it; an author's has no licence yet. */
  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

  private final String kind;

  private Template(String kind) {
    this.kind = kind;
  }

  /**
   * The template of a kind.
   *
   * @throws InputException if there is none
   */
  public static Template of(String kind) {
    List<String> known = Names.kinds();
    if (!known.contains(kind)) {
      throw new InputException(
          "KIND \"%s\": there is no template of it; there are those of %s%s"
              .formatted(kind, String.join(", ", known), NearestName.hint(kind, known)));
    }
    return new Template(kind);
  }

  /** The kinds that there are templates of. */
  public static List<String> kinds() {
    return Names.kinds();
  }

  /**
   * The files of a project, by their path in it.
   *
   * @param name the plug-in's name
   * @param place the distribution that it builds against
   * @throws InputException if the plug-in cannot be called that
   */
  public Map<String, String> files(String name, Place place) {
    Names names = Names.of(kind, name, sources());
    Map<String, String> words = words(names, place);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", replaced(pom(), words));
    files.put(".gitignore", read(COMMON + "gitignore"));
    files.put(".mvn/maven.config", read(COMMON + "maven.config"));
    String readme = read(COMMON + "README.md").replace("USE\n", read(kind + "/use.md"));
    files.put("README.md", replaced(readme, words));
    files.put(EXPERIMENT, replaced(read(kind + "/" + EXPERIMENT), words));
    for (String path : index()) {
      if (path.startsWith(kind + "/src/")) {
        String text = read(path).replace(LICENCE, "");
        files.put(replaced(path.substring(kind.length() + 1), words), replaced(text, words));
      }
    }
    return files;
  }

  private static Map<String, String> words(Names names, Place place) {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("plugin-name", names.plugin());
    words.put("ClassName", names.className());
    words.put("packagename", names.packageName());
    words.put("DISTRIBUTION", escaped(place.home().toString()));
    words.put("NEUPIMS", quoted(place.command()));
    words.put("PLUGINS", quoted(place.plugins().toString()));
    Properties versions = place.versions();
    words.put("API-VERSION", versions.getProperty("api"));
    words.put("BND-VERSION", versions.getProperty("bnd"));
    words.put("COMPILER-VERSION", versions.getProperty("compiler"));
    words.put("RESOURCES-VERSION", versions.getProperty("resources"));
    words.put("SUREFIRE-VERSION", versions.getProperty("surefire"));
    return words;
  }

  private static String escaped(String xml) {
    return xml.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String quoted(String path) {
    return path.matches("[\\w./@+-]*") ? path : "'" + path + "'";
  }

  private String replaced(String text, Map<String, String> words) {
    String result = text.replace("plugin-kind", kind);
    for (Map.Entry<String, String> word : words.entrySet()) {
      result = result.replace(word.getKey(), word.getValue());
    }
    return result;
  }

  private String pom() {
    String more = kind + "/dependency.xml";
    return read(COMMON + "pom.xml")
        .replace("    <!-- MORE-DEPENDENCIES -->\n", index().contains(more) ? read(more) : "");
  }

  private String sources() {
    return index().stream()
        .filter(path -> path.startsWith(kind + "/src/") && path.endsWith(".java"))
        .map(Template::read)
        .collect(Collectors.joining());
  }

  /** All template files; a bundle's resources cannot be listed like a folder's. */
  static List<String> index() {
    return read("files.txt").lines().toList();
  }

  private static String read(String path) {
    try (InputStream stream = Template.class.getResourceAsStream(path)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
