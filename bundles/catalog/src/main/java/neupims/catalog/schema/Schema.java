// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/**
 * The keys of a record class: its components in order, nested records by a dot. A component may be
 * a number, a boolean, a string, an enum, a record, an optional string or record, or {@link
 * Parameters}.
 */
public final class Schema {
  private final KeyTable table;
  private final List<ParameterKeys> parameters;
  private final Map<String, Key> keys = new LinkedHashMap<>();

  /**
   * The keys of a class.
   *
   * @param type the class
   * @param table ranges and meanings
   * @param parameters what {@link Parameters} components hold; nothing if they are not among them
   */
  public Schema(Class<?> type, KeyTable table, List<ParameterKeys> parameters) {
    this.table = table;
    this.parameters = parameters;
    addRecord(type, "");
  }

  private void addRecord(Class<?> type, String prefix) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + component.getName();
      Class<?> inner = recordOf(component);
      if (component.getType() == Parameters.class) {
        parametersAt(path).ifPresent(this::addParameters);
      } else if (isOptionalText(component)) {
        keys.put(path, new Key(path, Key.Type.TEXT, table.of(path)));
      } else if (inner != null) {
        addRecord(inner, path + ".");
      } else if (component.getType().isEnum()) {
        keys.put(path, Key.choice(path, component.getType(), table.of(path)));
      } else {
        keys.put(path, new Key(path, Key.Type.of(component.getType()), table.of(path)));
      }
    }
  }

  /** Whether a component is a text that may be left out. */
  static boolean isOptionalText(RecordComponent component) {
    return component.getGenericType() instanceof ParameterizedType type
        && type.getActualTypeArguments()[0] == String.class;
  }

  /** The record that a component is or may hold, or null when it is a plain value. */
  static Class<?> recordOf(RecordComponent component) {
    if (component.getType() == Optional.class) {
      ParameterizedType type = (ParameterizedType) component.getGenericType();
      return (Class<?>) type.getActualTypeArguments()[0];
    }
    return component.getType().isRecord() ? component.getType() : null;
  }

  private void addParameters(ParameterKeys of) {
    for (ParameterSpec spec : of.specs()) {
      String path = of.prefix() + spec.name();
      Limits limits = new Limits(spec.min(), spec.max(), "", spec.description());
      keys.put(path, new Key(path, Key.Type.of(spec.type()), limits));
    }
  }

  /** The parameters that a record component holds. */
  Optional<ParameterKeys> parametersAt(String component) {
    return parameters.stream().filter(p -> p.component().equals(component)).findFirst();
  }

  /** The key of a path, if there is one. */
  public Optional<Key> key(String path) {
    return Optional.ofNullable(keys.get(path));
  }

  /** All keys, in order. */
  public Collection<Key> keys() {
    return keys.values();
  }

  /** All key paths, in order. */
  public Set<String> paths() {
    return keys.keySet();
  }

  /** The words that may follow a prefix, in order. */
  public List<String> under(String prefix) {
    List<String> words = new ArrayList<>();
    for (String path : keys.keySet()) {
      if (path.startsWith(prefix)) {
        String word = path.substring(prefix.length()).split("\\.", 2)[0];
        if (!words.contains(word)) {
          words.add(word);
        }
      }
    }
    return words;
  }
}
