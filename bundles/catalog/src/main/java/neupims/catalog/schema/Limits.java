// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

/**
 * What a key's value may be beyond its type.
 *
 * @param min least number
 * @param max greatest number
 * @param unit unit of a number, may be empty
 * @param meaning the key in a few words
 */
public record Limits(long min, long max, String unit, String meaning) {
  /** A key that nothing is known about: a whole number that is not negative, or anything. */
  public static final Limits NONE = new Limits(0, Integer.MAX_VALUE, "", "");
}
