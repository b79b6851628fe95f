// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A parameter that a plug-in understands beyond those every plug-in of its kind has.
 *
 * @param name key in the catalog, in camel case
 * @param type what its values are
 * @param defaultValue what it is when nobody says: a {@link Long}, {@link Double} or {@link
 *     Boolean} as the type has it; empty when there is no such value
 * @param required whether somebody has to say
 * @param min least number
 * @param max greatest number
 * @param description one sentence with the unit and the source
 */
public record ParameterSpec(
    String name,
    Type type,
    Optional<Object> defaultValue,
    boolean required,
    BigDecimal min,
    BigDecimal max,
    String description) {

  /** Types of values. */
  public enum Type {
    /** A {@link Long}. */
    INTEGER,
    /** A {@link Double}. */
    REAL,
    /** A {@link Boolean}. */
    FLAG,
    /** A {@link String}. */
    TEXT,
    /**
     * A {@link java.nio.file.Path} of a file that can be read; relative to the file that names it.
     */
    FILE
  }

  /** A whole number in a range. */
  public static ParameterSpec integer(
      String name, long defaultValue, long min, long max, String description) {
    return new ParameterSpec(
        name,
        Type.INTEGER,
        Optional.of(defaultValue),
        false,
        BigDecimal.valueOf(min),
        BigDecimal.valueOf(max),
        description);
  }

  /** A number in a range that somebody has to give. */
  public static ParameterSpec real(String name, double min, double max, String description) {
    return new ParameterSpec(
        name,
        Type.REAL,
        Optional.empty(),
        true,
        BigDecimal.valueOf(min),
        BigDecimal.valueOf(max),
        description);
  }

  /** A switch. */
  public static ParameterSpec flag(String name, boolean defaultValue, String description) {
    return unranged(name, Type.FLAG, Optional.of(defaultValue), false, description);
  }

  /** A text that somebody has to give. */
  public static ParameterSpec text(String name, String description) {
    return unranged(name, Type.TEXT, Optional.empty(), true, description);
  }

  /** A file that somebody has to name. */
  public static ParameterSpec file(String name, String description) {
    return unranged(name, Type.FILE, Optional.empty(), true, description);
  }

  private static ParameterSpec unranged(
      String name, Type type, Optional<Object> value, boolean required, String description) {
    return new ParameterSpec(
        name, type, value, required, BigDecimal.ZERO, BigDecimal.ZERO, description);
  }

  /** The same with a value for when nobody says. */
  public ParameterSpec orElse(double value) {
    return new ParameterSpec(name, type, Optional.of(value), false, min, max, description);
  }

  /** The same that nobody has to give; see {@link Parameters#has}. */
  public ParameterSpec optional() {
    return new ParameterSpec(name, type, Optional.empty(), false, min, max, description);
  }
}
