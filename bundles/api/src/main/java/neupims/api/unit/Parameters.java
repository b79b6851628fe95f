// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.util.Map;
import java.util.TreeMap;

/**
 * Values of a plug-in's own parameters, by name. The catalog fills in the declared defaults and
 * checks type and range before a plug-in sees them, so a getter fails only for a name that was
 * never declared.
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

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "no parameter %s of type %s among %s"
              .formatted(name, type.getSimpleName(), new TreeMap<>(values)));
    }
    return type.cast(value);
  }
}
