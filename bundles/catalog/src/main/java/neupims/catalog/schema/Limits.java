// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.math.BigDecimal;

/**
 * What a key's value may be beyond its type.
 *
 * @param min least number
 * @param max greatest number
 * @param unit unit of a number, may be empty
 * @param meaning the key in a few words
 */
public record Limits(BigDecimal min, BigDecimal max, String unit, String meaning) {
  /** A key that nothing is known about: a whole number that is not negative, or anything. */
  public static final Limits NONE =
      new Limits(BigDecimal.ZERO, BigDecimal.valueOf(Integer.MAX_VALUE), "", "");

  /** A key without a range. */
  public static Limits meaning(String meaning) {
    return new Limits(BigDecimal.ZERO, BigDecimal.ZERO, "", meaning);
  }

  /** The range in words. */
  public String range() {
    return plain(min) + " to " + plain(max);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
