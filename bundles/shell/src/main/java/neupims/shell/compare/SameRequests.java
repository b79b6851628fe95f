// SPDX-License-Identifier: Apache-2.0
package neupims.shell.compare;

import java.util.List;
import java.util.Objects;
import neupims.api.unit.InputException;

/** Figures of different requests say little about systems: such a comparison must be asked for. */
public final class SameRequests {
  private SameRequests() {}

  /**
   * Refuses contenders that do not get the same requests.
   *
   * @throws InputException naming the key, two contenders and their values
   */
  public static void require(Comparison comparison) {
    List<Differences.Row> rows = comparison.requestDifferences();
    if (rows.isEmpty()) {
      return;
    }
    Differences.Row row = rows.get(0);
    int first = 0;
    int other = 1;
    while (Objects.equals(row.values().get(first), row.values().get(other))) {
      other++;
    }
    String more = rows.size() == 1 ? "" : " (and %d keys more)".formatted(rows.size() - 1);
    throw refused(
        row.key(),
        comparison.contenders().get(first).name()
            + " and "
            + comparison.contenders().get(other).name(),
        shown(row.values().get(first)) + " and " + shown(row.values().get(other)) + more);
  }

  /** The refusal. */
  public static InputException refused(String key, String names, String values) {
    return new InputException(
        "%s do not get the same requests: %s: %s; allowed: the same workload and seed, or"
                .formatted(names, key, values)
            + " --different-requests");
  }

  private static String shown(String value) {
    return value == null ? "nothing" : value;
  }
}
