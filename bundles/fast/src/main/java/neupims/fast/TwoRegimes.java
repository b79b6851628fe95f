// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * Cycles of attention on the NPU: those of its tokens, which the memory sets, or those of its
 * requests, which the arrays set that have to start for each.
 *
 * @param all coefficients of the work
 * @param shortest the same without tokens; empty where that is never more
 */
record TwoRegimes(double[] all, double[] shortest) {
  /** Features that do not depend on tokens: one, and the number of requests. */
  private static final int COUNTS = 2;

  /** Least squares of relative errors, over all ways to cut the samples in two by length. */
  static TwoRegimes of(List<double[]> work, double[] cycles) {
    TwoRegimes best = new TwoRegimes(Linear.relative(work, cycles), new double[0]);
    double least = best.squares(work, cycles);
    for (double cut : work.stream().mapToDouble(TwoRegimes::length).distinct().sorted().toArray()) {
      List<double[]> below = new ArrayList<>();
      List<double[]> above = new ArrayList<>();
      List<Double> belowCycles = new ArrayList<>();
      List<Double> aboveCycles = new ArrayList<>();
      for (int i = 0; i < cycles.length; i++) {
        double[] own = work.get(i);
        boolean isBelow = length(own) <= cut;
        (isBelow ? below : above).add(isBelow ? counts(own) : own);
        (isBelow ? belowCycles : aboveCycles).add(cycles[i]);
      }
      if (below.size() <= COUNTS || above.size() <= work.get(0).length) {
        continue;
      }
      TwoRegimes tried =
          new TwoRegimes(
              Linear.relative(above, array(aboveCycles)),
              Linear.relative(below, array(belowCycles)));
      double squares = tried.squares(work, cycles);
      if (squares < least) {
        least = squares;
        best = tried;
      }
    }
    return best;
  }

  double at(double[] work) {
    double cycles = Linear.at(all, work);
    return shortest.length == 0 ? cycles : Math.max(cycles, Linear.at(shortest, counts(work)));
  }

  private double squares(List<double[]> work, double[] cycles) {
    double sum = 0;
    for (int i = 0; i < cycles.length; i++) {
      double error = at(work.get(i)) / cycles[i] - 1;
      sum += error * error;
    }
    return sum;
  }

  /** Mean tokens of a request. */
  private static double length(double[] work) {
    return work[2] / work[1];
  }

  private static double[] counts(double[] work) {
    return new double[] {work[0], work[1]};
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
