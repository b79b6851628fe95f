// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import neupims.api.unit.NearestName;
import neupims.catalog.item.Item;
import neupims.catalog.item.ReferenceOption;
import neupims.catalog.schema.Key;
import neupims.catalog.schema.Limits;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * Which reference options of an experiment's items are on. {@code reference} switches all, {@code
 * reference.NAME} one; the latter wins. An option that several items have is one switch.
 */
final class ReferenceSwitches {
  private static final String ALL = "reference";
  private static final String ONE = ALL + ".";

  private final Map<String, Boolean> switches = new TreeMap<>();
  private final Map<String, Values> values = new LinkedHashMap<>();

  /**
   * Reads the switches of the layers.
   *
   * @param items whose options there are, in the order in which they apply
   * @throws neupims.api.unit.InputException if a switch is not one of theirs
   */
  ReferenceSwitches(Collection<Item> items, Layers layers) {
    for (Item item : items) {
      for (ReferenceOption option : item.reference().values()) {
        values.computeIfAbsent(option.name(), name -> new Values()).putAll(option.values());
      }
    }
    boolean all = layers.top(ALL).filter(leaf -> flag(ALL, leaf)).isPresent();
    values.keySet().forEach(name -> switches.put(name, all));
    layers.flat().forEach(this::single);
  }

  private void single(String path, Leaf leaf) {
    if (!path.startsWith(ONE)) {
      return;
    }
    String name = path.substring(ONE.length());
    if (!switches.containsKey(name)) {
      String known = switches.isEmpty() ? "none" : String.join(", ", switches.keySet());
      throw leaf.refuse(
          "unknown reference option; allowed here: "
              + known
              + NearestName.hint(name, switches.keySet()));
    }
    switches.put(name, flag(path, leaf));
  }

  private static boolean flag(String path, Leaf leaf) {
    Limits limits = Limits.meaning("follow the reference simulator");
    return (Boolean) new Key(path, Key.Type.FLAG, limits).value(leaf);
  }

  /** Whether a key path is a switch and no value. */
  static boolean isSwitch(String path) {
    return path.equals(ALL) || path.startsWith(ONE);
  }

  /** What the options that are on set. */
  Values values() {
    Values on = new Values();
    values.forEach(
        (name, set) -> Optional.of(set).filter(s -> switches.get(name)).ifPresent(on::putAll));
    return on;
  }

  /** All options by name, on or off. */
  Map<String, Boolean> switches() {
    return switches;
  }
}
