// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.value;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import neupims.api.run.Setting;

/** Values by key path. What is put later replaces what was there and comes last in order. */
public final class Values {
  private final Map<String, Leaf> leaves = new LinkedHashMap<>();

  /**
   * The values of a JSON object; a key may be a path itself, {@code "memory.timing": {"rcd": 15}}.
   *
   * @param object the object
   * @param prefix begins the key path of every value
   * @param written begins the key path that messages show
   * @param origin who gives the values
   * @throws neupims.api.unit.InputException if a key path is given twice
   */
  public static Values of(JsonObject object, String prefix, String written, Origin origin) {
    Values values = new Values();
    values.flatten(object, prefix, written, origin);
    return values;
  }

  /** The values of settings; of several for one path the last counts. */
  public static Values of(List<Setting> settings) {
    Values values = new Values();
    settings.forEach(setting -> values.put(setting.path(), Leaf.of(setting)));
    return values;
  }

  private void flatten(JsonObject object, String prefix, String written, Origin origin) {
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      String path = prefix + entry.getKey();
      String shown = written + entry.getKey();
      if (entry.getValue() instanceof JsonObject inner && !inner.isEmpty()) {
        flatten(inner, path + ".", shown + ".", origin);
      } else if (leaves.containsKey(path)) {
        throw leaf(entry.getValue(), shown, origin).refuse("key given twice");
      } else {
        put(path, leaf(entry.getValue(), shown, origin));
      }
    }
  }

  private static Leaf leaf(JsonElement value, String written, Origin origin) {
    if (!value.isJsonPrimitive()) {
      String text = value instanceof JsonArray array && !array.isEmpty() ? "[…]" : value.toString();
      return new Leaf(Leaf.Kind.OTHER, text, written, origin);
    }
    var primitive = value.getAsJsonPrimitive();
    Leaf.Kind kind =
        primitive.isString()
            ? Leaf.Kind.STRING
            : primitive.isNumber() ? Leaf.Kind.NUMBER : Leaf.Kind.BOOLEAN;
    return new Leaf(kind, primitive.getAsString(), written, origin);
  }

  /** Sets one value. */
  public void put(String path, Leaf leaf) {
    leaves.remove(path);
    leaves.put(path, leaf);
  }

  /** Sets all of another's values. */
  public void putAll(Values other) {
    other.leaves.forEach(this::put);
  }

  /** Takes a value out. */
  public Optional<Leaf> remove(String path) {
    return Optional.ofNullable(leaves.remove(path));
  }

  /** Gives a value another path. */
  public void rename(String from, String to) {
    remove(from).ifPresent(leaf -> put(to, leaf));
  }

  /** The value at a path. */
  public Optional<Leaf> get(String path) {
    return Optional.ofNullable(leaves.get(path));
  }

  /** Each path and value, those set last at the end. */
  public void forEach(BiConsumer<String, Leaf> action) {
    leaves.forEach(action);
  }

  /** Whether some path begins so. */
  public boolean anyUnder(String prefix) {
    return leaves.keySet().stream().anyMatch(path -> path.startsWith(prefix));
  }

  /** The value set last among those whose path begins so. */
  public Optional<Leaf> lastUnder(String prefix) {
    return leaves.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .reduce((first, second) -> second);
  }

  /** A copy whose changes do not show here. */
  public Values copy() {
    Values copy = new Values();
    copy.putAll(this);
    return copy;
  }
}
