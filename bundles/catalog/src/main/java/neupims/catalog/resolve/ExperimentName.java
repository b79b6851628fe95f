// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import neupims.catalog.value.Leaf;

/** Names of experiments, which become parts of directory names. */
final class ExperimentName {
  /** Key path of the name. */
  static final String PATH = "name";

  private static final int LONGEST = 64;
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private ExperimentName() {}

  /**
   * A name that the user gave.
   *
   * @throws neupims.api.unit.InputException if it cannot be part of a directory's name
   */
  static String checked(Leaf leaf) {
    if (!leaf.isText() || !ALLOWED.matcher(leaf.text()).matches()) {
      throw leaf.refuse(
          leaf.shown()
              + " is not a name; allowed: 1 to 64 letters, digits, dots, hyphens and underscores,"
              + " a letter or digit first");
    }
    return leaf.text();
  }

  /** The name of a file that does not say one: that of the file, made fit. */
  static String of(Path file) {
    String stem = file.getFileName().toString().replaceFirst("\\.json$", "");
    String fit = stem.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String name = fit.substring(0, Math.min(fit.length(), LONGEST));
    return name.isEmpty() ? "experiment" : name;
  }

  /** The name of several experiments side by side. */
  static String versus(List<Path> files) {
    String name = files.stream().map(ExperimentName::of).collect(Collectors.joining("-vs-"));
    return name.substring(0, Math.min(name.length(), LONGEST));
  }

  /** What tells files apart: their names or, where two are the same, their paths. */
  static List<String> labels(List<Path> files) {
    List<String> names = files.stream().map(ExperimentName::of).toList();
    boolean distinct = Set.copyOf(names).size() == Set.copyOf(files).size();
    return distinct
        ? names
        : files.stream().map(file -> file.toString().replaceFirst("\\.json$", "")).toList();
  }
}
