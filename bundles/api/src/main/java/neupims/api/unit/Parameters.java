// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of a plug-in's own parameters, by name. The catalog fills in the declared defaults and
 * checks type and range before a plug-in sees them, so a getter fails only for a name that was
 * never declared, or whose parameter is optional and was not given.
 */
public record Parameters(Map<String, Object> values) {
  /** No parameters. */
  public static final Parameters NONE = new Parameters(Map.of());

  public Parameters {
    values = Map.copyOf(values);
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException if there is no such whole number
   */
  public long integer(String name) {
    return get(name, Long.class);
  }

  /**
   * A switch.
   *
   * @throws IllegalArgumentException if there is no such switch
   */
  public boolean flag(String name) {
    return get(name, Boolean.class);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if there is no such number
   */
  public double real(String name) {
    return get(name, Double.class);
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if there is no such text
   */
  public String text(String name) {
    return get(name, String.class);
  }

  /**
   * A file.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public Path file(String name) {
    return get(name, Path.class);
  }

  /** Whether an optional parameter has been given. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "no parameter %s of type %s among %s"
              .formatted(name, type.getSimpleName(), new TreeMap<>(values)));
    }
    return type.cast(value);
  }

  /** In the order of their names, the same every time. */
  @Override
  public String toString() {
    return new TreeMap<>(values).toString();
  }
}
