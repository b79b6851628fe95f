// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A resolved experiment.
 *
 * @param name of the experiment
 * @param seed of every random choice
 * @param variants at least one, in the order of the file
 * @param resolvedJson the whole experiment as a JSON object
 * @param directory where it was first run: names of files that an option gives, and the relative
 *     names of experiment files, start there
 * @param warnings what the user should know of it before it runs, a line each
 */
public record Experiment(
    String name,
    long seed,
    List<Variant> variants,
    String resolvedJson,
    Path directory,
    List<String> warnings) {
  /** Run here, nothing to warn of. */
  public Experiment(String name, long seed, List<Variant> variants, String resolvedJson) {
    this(name, seed, variants, resolvedJson, Path.of("").toAbsolutePath(), List.of());
  }

  public Experiment {
    variants = List.copyOf(variants);
    warnings = List.copyOf(warnings);
  }

  /** The same with one more warning. */
  public Experiment warning(String line) {
    List<String> more = new ArrayList<>(warnings);
    more.add(line);
    return new Experiment(name, seed, variants, resolvedJson, directory, more);
  }
}
