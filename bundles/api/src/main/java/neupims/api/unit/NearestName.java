// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one was probably meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name with the fewest edits (insert, delete, replace, swap of neighbours) from what
   * was typed, if that is at most a third of its length (and one edit always counts); ties go to
   * the first in order.
   */
  public static Optional<String> of(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    String best = null;
    int bestEdits = Integer.MAX_VALUE;
    for (String name : known) {
      int edits = edits(wanted, name.toLowerCase(Locale.ROOT));
      if (edits < bestEdits) {
        best = name;
        bestEdits = edits;
      }
    }
    boolean close = best != null && bestEdits <= Math.max(1, wanted.length() / 3);
    return close ? Optional.of(best) : Optional.empty();
  }

  /** The words {@code ; did you mean "x"?}, or nothing when no known name is near. */
  public static String hint(String typed, Collection<String> known) {
    return of(typed, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
  }

  /** Optimal string alignment distance, by rows. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 ? j : j == 0 ? i : cell(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cell(int[][] d, String a, String b, int i, int j) {
    int replace = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replace, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
