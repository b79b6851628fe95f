// SPDX-License-Identifier: Apache-2.0
package neupims.shell.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import neupims.api.unit.InputException;

/**
 * What things are called in a project.
 *
 * @param plugin the plug-in's name
 * @param className its class
 * @param packageName the package, which is one word that no keyword is
 */
record Names(String plugin, String className, String packageName) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST = 40;

  /** What the class of a kind is called after its name. */
  private static final Map<String, String> SUFFIXES = new LinkedHashMap<>();

  static {
    SUFFIXES.put("scheduler", "Scheduler");
    SUFFIXES.put("placement", "Placement");
    SUFFIXES.put("split", "Split");
    SUFFIXES.put("estimator", "Estimator");
    SUFFIXES.put("compiler", "Compiler");
    SUFFIXES.put("npu-model", "Npu");
    SUFFIXES.put("memory-model", "Memory");
    SUFFIXES.put("interconnect", "Links");
    SUFFIXES.put("request-source", "Source");
    SUFFIXES.put("router", "Router");
  }

  /** The kinds that there are templates of. */
  static List<String> kinds() {
    return List.copyOf(SUFFIXES.keySet());
  }

  /**
   * The names of a project.
   *
   * @param sources of the template: the class is called otherwise where they know its name
   * @throws InputException if the plug-in cannot be called that
   */
  static Names of(String kind, String name, String sources) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST) {
      throw new InputException(
          "NAME \"%s\": expected lower-case words of letters and digits joined by hyphens, %d"
                  .formatted(name, LONGEST)
              + " characters at most, such as my-policy");
    }
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-")) {
      camel.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    String suffix = SUFFIXES.get(kind);
    if (!camel.toString().endsWith(suffix) || camel.length() == suffix.length()) {
      camel.append(suffix);
    }
    if (Pattern.compile("\\b" + camel + "\\b").matcher(sources).find()) {
      camel.append("Plugin"); // BatchScheduler, say, is the interface.
    }
    String className = camel.toString();
    return new Names(name, className, className.toLowerCase(Locale.ROOT));
  }
}
