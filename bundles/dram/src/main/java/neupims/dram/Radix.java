// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** Division by a fixed positive number, which is usually a power of two. */
final class Radix {
  private final int n;
  private final int shift;

  Radix(int n) {
    this.n = n;
    shift = Integer.bitCount(n) == 1 ? Integer.numberOfTrailingZeros(n) : -1;
  }

  /** Quotient of a number that is not negative. */
  long quotient(long number) {
    return shift >= 0 ? number >>> shift : number / n;
  }

  /** Remainder of a number that is not negative. */
  int remainder(long number) {
    return shift >= 0 ? (int) number & (n - 1) : (int) (number % n);
  }
}
