// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import java.math.BigInteger;

/**
 * A clock domain. Cycles are {@code long} counts of this clock's periods since the start of a
 * simulation; conversion between domains is by the exact ratio of the frequencies, never by a
 * rounded period.
 *
 * @param hertz frequency in 1/s, at least 1
 */
public record Clock(long hertz) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code hertz} is not positive
   */
  public Clock {
    if (hertz < 1) {
      throw new IllegalArgumentException("clock frequency must be at least 1 Hz, not " + hertz);
    }
  }

  /** Seconds that {@code cycles} of this clock take. */
  public double seconds(long cycles) {
    return cycles / (double) hertz;
  }

  /** The first cycle of {@code target} that does not begin before the given cycle of this clock. */
  public long toCeil(Clock target, long cycles) {
    if (hertz == target.hertz) {
      return cycles;
    }
    BigInteger scaled = BigInteger.valueOf(cycles).multiply(BigInteger.valueOf(target.hertz));
    BigInteger[] parts = scaled.divideAndRemainder(BigInteger.valueOf(hertz));
    return parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0);
  }
}
