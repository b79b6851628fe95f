// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.util.List;
import java.util.Optional;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/** Refuses what is no key of a schema. */
public final class UnknownKeys {
  /** Told from other schemas, an experiment's has this. */
  private static final String SYSTEM = "system";

  /** What experiment files have beside the values of variants. */
  private static final String OF_FILES =
      ", and beside them name, description, sources, variants, swaps";

  private final Schema schema;

  private UnknownKeys(Schema schema) {
    this.schema = schema;
  }

  /**
   * Checks every path.
   *
   * @throws InputException for the first that is not a key
   */
  public static void refuse(Values values, Schema schema) {
    UnknownKeys check = new UnknownKeys(schema);
    values.forEach(
        (path, leaf) -> {
          if (schema.key(path).isEmpty()) {
            check.unlessEmptyObject(path, leaf);
          }
        });
  }

  private void unlessEmptyObject(String path, Leaf leaf) {
    List<String> inner = schema.under(path + ".");
    if (inner.isEmpty()) {
      throw unknown(path, leaf);
    }
    if (!leaf.text().equals("{}")) {
      throw leaf.refuse(
          "%s is not an object; allowed: an object with keys of %s"
              .formatted(leaf.shown(), String.join(", ", inner)));
    }
  }

  private InputException unknown(String path, Leaf leaf) {
    String parent = path;
    List<String> siblings = List.of();
    while (siblings.isEmpty() && !parent.isEmpty()) {
      parent = parent.substring(0, Math.max(0, parent.lastIndexOf('.')));
      siblings = schema.under(parent.isEmpty() ? "" : parent + ".");
    }
    String hint =
        nearest(path).map(near -> "; did you mean \"" + near(near, path, leaf)).orElse("");
    String allowed = parent.isEmpty() ? "allowed: " : "allowed in " + parent + ": ";
    boolean inFile = !leaf.origin().read().startsWith("--");
    String more = parent.isEmpty() && inFile && siblings.contains(SYSTEM) ? OF_FILES : "";
    return leaf.refuse("unknown key; " + allowed + String.join(", ", siblings) + more + hint);
  }

  private Optional<String> nearest(String path) {
    return NearestName.of(path, schema.paths())
        .or(() -> schema.paths().stream().filter(p -> p.endsWith("." + path)).findFirst())
        .or(() -> sameWord(path));
  }

  /** A key of that last word elsewhere, when there is just one: {@code memory.rcd}. */
  private Optional<String> sameWord(String path) {
    String word = path.substring(path.lastIndexOf('.') + 1);
    List<String> same = schema.paths().stream().filter(p -> p.endsWith("." + word)).toList();
    return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
  }

  /** The suggestion as it would be written where the mistake is. */
  private static String near(String suggestion, String path, Leaf leaf) {
    int extra = path.length() - leaf.written().length();
    boolean inItem = extra > 0 && path.endsWith(leaf.written());
    boolean sameItem = inItem && suggestion.startsWith(path.substring(0, extra));
    return (sameItem ? suggestion.substring(extra) : suggestion) + "\"?";
  }
}
