// SPDX-License-Identifier: Apache-2.0
package neupims.shell.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What contenders set differently. */
public final class Differences {
  private Differences() {}

  /**
   * A key path and its value in each of the contenders, null where there is no such key.
   *
   * @param key the path
   * @param values in the order of the contenders
   */
  public record Row(String key, List<String> values) {
    /** Whether those that have the key agree. */
    boolean agreed() {
      return values.stream().filter(Objects::nonNull).distinct().count() == 1;
    }

    boolean isOptionThatIsOff() {
      return key.startsWith("reference.")
          && values.stream().allMatch(value -> value == null || value.equals("false"));
    }

    /** Which of the contenders have the key. */
    List<Boolean> present() {
      return values.stream().map(Objects::nonNull).toList();
    }
  }

  /** The rows in which not all are the same, in the order of the resolved experiment. */
  public static List<Row> of(List<Contender> contenders) {
    Set<String> keys = new LinkedHashSet<>();
    contenders.forEach(c -> keys.addAll(c.settings().keySet()));
    List<Row> rows = new ArrayList<>();
    for (String key : keys) {
      // Not List.of: a value may be missing.
      List<String> values = new ArrayList<>();
      contenders.forEach(c -> values.add(c.settings().get(key)));
      boolean counts = !Contender.isVersion(key) || !values.contains(null);
      if (counts && values.stream().distinct().count() > 1) {
        rows.add(new Row(key, Collections.unmodifiableList(values)));
      }
    }
    return rows;
  }

  /**
   * The same for people: keys of one component that only some contenders have, and on which those
   * agree, are one row, which says how many they are. A reference option that is off is as good as
   * none.
   */
  public static List<Row> brief(List<Row> rows) {
    Map<Group, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.isOptionThatIsOff()) {
        continue;
      }
      boolean missing = row.values().contains(null);
      String component = missing && row.agreed() ? component(row.key()) : row.key();
      groups.computeIfAbsent(new Group(component, row.present()), g -> new ArrayList<>()).add(row);
    }
    List<Row> brief = new ArrayList<>();
    groups.forEach((group, all) -> brief.add(all.size() == 1 ? all.get(0) : group.row(all.size())));
    return brief;
  }

  private record Group(String component, List<Boolean> present) {
    Row row(int keys) {
      List<String> values = new ArrayList<>();
      for (boolean there : present) {
        values.add(there ? keys + " keys" : null);
      }
      return new Row(component + ".*", Collections.unmodifiableList(values));
    }
  }

  /** At most the first two words of a key path, and never the last. */
  private static String component(String key) {
    int first = key.indexOf('.');
    int second = key.indexOf('.', first + 1);
    return first < 0 ? key : key.substring(0, second < 0 ? first : second);
  }
}
