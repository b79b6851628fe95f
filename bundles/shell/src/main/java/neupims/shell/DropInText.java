// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import neupims.api.run.DropIn;

/** What users are told of the jars that they dropped in. */
final class DropInText {
  private DropInText() {}

  /** A line for each jar that does not work, or not all of it. */
  static List<String> problems(List<DropIn> jars) {
    return lines(jars, DropIn::faults);
  }

  /** What follows a list of plug-ins: jars that do not work, and what is noteworthy of others. */
  static String sections(List<DropIn> jars) {
    return section("NOT WORKING", lines(jars, DropIn::faults))
        + section("NOTED", lines(jars, DropIn::notes));
  }

  /** A jar as machines read it. */
  static Map<String, Object> json(DropIn jar) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", jar.file().toString());
    fields.put("bundle", jar.bundle());
    fields.put("version", jar.version());
    fields.put("works", jar.faults().isEmpty());
    fields.put("plugins", jar.plugins());
    fields.put("faults", jar.faults());
    fields.put("notes", jar.notes());
    return fields;
  }

  private static List<String> lines(List<DropIn> jars, Function<DropIn, List<String>> clauses) {
    return jars.stream()
        .filter(jar -> !clauses.apply(jar).isEmpty())
        .map(jar -> jar.title() + ": " + String.join("; ", clauses.apply(jar)))
        .toList();
  }

  private static String section(String title, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .collect(
                Collectors.joining(
                    System.lineSeparator(),
                    System.lineSeparator() + title + System.lineSeparator(),
                    System.lineSeparator()));
  }
}
