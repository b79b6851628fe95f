// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.nio.file.Path;
import java.util.regex.Pattern;
import neupims.catalog.value.Leaf;

/** Names of experiments, which become parts of directory names. */
final class ExperimentName {
  /** Key path of the name. */
  static final String PATH = "name";

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
    String name = fit.substring(0, Math.min(fit.length(), 64));
    return name.isEmpty() ? "experiment" : name;
  }
}
