// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import neupims.api.run.DropIn;

/** What has become of dropped jars between two looks at them, a line a jar. */
final class Arrivals {
  private Arrivals() {}

  /**
   * Empty if nothing has.
   *
   * @param was content of a jar before, where it is known
   * @param is and after
   */
  static List<String> between(
      List<DropIn> before, List<DropIn> after, Map<Path, String> was, Map<Path, String> is) {
    Map<Path, DropIn> old = byFile(before);
    List<String> lines = new ArrayList<>();
    for (DropIn jar : after) {
      DropIn earlier = old.remove(jar.file());
      if (earlier == null) {
        lines.add(line(jar, "added", plugins(jar)));
      } else if (earlier.revision() != jar.revision()) {
        String version = earlier.bundle().isEmpty() ? "" : ", was " + earlier.version();
        String content = content(was.get(jar.file()), is.get(jar.file()));
        lines.add(line(jar, "replaced", plugins(jar) + version + content));
      } else if (!earlier.equals(jar)) {
        lines.add(line(jar, jar.faults().isEmpty() ? "works now," : "changed", plugins(jar)));
      }
    }
    old.values().forEach(jar -> lines.add(jar.file() + ": removed" + plugins(jar)));
    return lines;
  }

  private static String content(String was, String is) {
    if (was == null || is == null) {
      return "";
    }
    return was.equals(is) ? "; the same content " + is : "; content %s, was %s".formatted(is, was);
  }

  private static String line(DropIn jar, String verb, String what) {
    if (jar.faults().isEmpty()) {
      String notes = jar.notes().isEmpty() ? "" : "; " + String.join("; ", jar.notes());
      return jar.file() + ": " + verb + what + notes;
    }
    return jar.file() + ": " + verb + ", does not work: " + String.join("; ", jar.faults());
  }

  private static String plugins(DropIn jar) {
    if (jar.bundle().isEmpty()) {
      return "";
    }
    String from = " (" + jar.bundle() + " " + jar.version() + ")";
    return jar.plugins().isEmpty()
        ? from
        : jar.plugins().stream()
            .map(plugin -> plugin.kind() + " " + plugin.name())
            .collect(Collectors.joining(", ", " ", from));
  }

  private static Map<Path, DropIn> byFile(List<DropIn> jars) {
    Map<Path, DropIn> files = new LinkedHashMap<>();
    jars.forEach(jar -> files.put(jar.file(), jar));
    return files;
  }
}
