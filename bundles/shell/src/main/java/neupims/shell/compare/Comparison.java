// SPDX-License-Identifier: Apache-2.0
package neupims.shell.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/**
 * Contenders against one of them.
 *
 * @param contenders all, two or more, in the order given
 * @param baseline what the others are measured against
 * @param differences what they set differently
 */
public record Comparison(
    List<Contender> contenders, Contender baseline, List<Differences.Row> differences) {
  public Comparison {
    contenders = List.copyOf(contenders);
    differences = List.copyOf(differences);
  }

  /**
   * Compares.
   *
   * @param contenders all
   * @param baseline name of one of them, null for the first
   */
  public static Comparison of(List<Contender> contenders, String baseline) {
    List<String> names = contenders.stream().map(Contender::name).toList();
    return new Comparison(
        contenders, contenders.get(indexOfBaseline(names, baseline)), Differences.of(contenders));
  }

  /**
   * Where the baseline is.
   *
   * @throws InputException if there are not two to compare or none is called so
   */
  public static int indexOfBaseline(List<String> names, String baseline) {
    if (names.size() < 2) {
      throw new InputException(
          "there is one variant, %s: comparing takes two or more".formatted(names.get(0)));
    }
    int index = baseline == null ? 0 : names.indexOf(baseline);
    if (index < 0) {
      throw new InputException(
          "--baseline %s: no such variant; there are %s%s"
              .formatted(baseline, String.join(", ", names), NearestName.hint(baseline, names)));
    }
    return index;
  }

  /** Results beside others: names that are taken get the result's label before them. */
  public static List<Contender> besides(List<Contender> result, String label, Set<String> taken) {
    Set<String> all = new HashSet<>(taken);
    List<Contender> renamed = new ArrayList<>();
    for (Contender contender : result) {
      String name =
          taken.contains(contender.name()) ? label + ":" + contender.name() : contender.name();
      if (!all.add(name)) {
        throw new InputException(
            "two of those to be compared are called \"%s\"; results of one name must lie in directories of different names"
                .formatted(name));
      }
      renamed.add(contender.called(name));
    }
    return renamed;
  }

  /** Keys that decide which requests come and in which contenders differ. */
  public List<Differences.Row> requestDifferences() {
    boolean drawn = contenders.stream().anyMatch(c -> c.settings().containsKey("workload.dataset"));
    return differences.stream()
        .filter(
            row ->
                row.key().equals("seed")
                    || row.key().startsWith("workload.")
                    || row.key().startsWith("plugin.request-source.")
                    // Drawn lengths are cut at the model's longest sequence.
                    || drawn && row.key().equals("model.maxPositions"))
        .toList();
  }

  /** What makes figures hard to compare, a line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Contender contender : contenders) {
      if (!contender.text("measured").equals(baseline.text("measured"))) {
        warnings.add(
            "%s is measured by %s, %s by %s: their figures are not of the same thing"
                .formatted(
                    contender.name(),
                    contender.text("measured").orElse("nothing"),
                    baseline.name(),
                    baseline.text("measured").orElse("nothing")));
      }
    }
    return warnings;
  }
}
