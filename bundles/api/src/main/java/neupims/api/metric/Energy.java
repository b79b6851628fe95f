// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * Energy by what took it. Formulas, sources and what is left out are in docs/ENERGY.md.
 *
 * @param npuJoules multiply-accumulates and SRAM accesses
 * @param memoryJoules activates with their precharges, reads, writes, refreshes and standby
 * @param pimJoules GWRITE, group activates, compute steps, result reads and the standby of second
 *     row buffers
 */
public record Energy(double npuJoules, double memoryJoules, double pimJoules) {
  /** None. */
  public static final Energy NONE = new Energy(0, 0, 0);

  /** All of it. */
  public double totalJoules() {
    return npuJoules + memoryJoules + pimJoules;
  }

  /** The sum of two. */
  public Energy plus(Energy other) {
    return new Energy(
        npuJoules + other.npuJoules,
        memoryJoules + other.memoryJoules,
        pimJoules + other.pimJoules);
  }

  /** So many times as much. */
  public Energy times(long count) {
    return new Energy(npuJoules * count, memoryJoules * count, pimJoules * count);
  }
}
