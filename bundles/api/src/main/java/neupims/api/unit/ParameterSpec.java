// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

/**
 * A parameter that a plug-in understands beyond those every plug-in of its kind has.
 *
 * @param name key in the catalog's {@code parameters} object, in camel case
 * @param defaultValue a {@link Long} or a {@link Boolean}; its class is the parameter's type
 * @param min least value of a whole number
 * @param max greatest value of a whole number
 * @param description one sentence with the unit and the source
 */
public record ParameterSpec(
    String name, Object defaultValue, long min, long max, String description) {

  /** A whole number in a range. */
  public static ParameterSpec integer(
      String name, long defaultValue, long min, long max, String description) {
    return new ParameterSpec(name, defaultValue, min, max, description);
  }

  /** A switch. */
  public static ParameterSpec flag(String name, boolean defaultValue, String description) {
    return new ParameterSpec(name, defaultValue, 0, 0, description);
  }
}
