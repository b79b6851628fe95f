// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What K and V that come over a link cost a stage in which they are written. All channels wait for
 * the one that has most to write, as the chain's operands lie over all of them; what hides is what
 * the stage has left when the chain is done and the PIM is not.
 *
 * @param cycles coefficients of the cycles by which the stage is longer, see {@link #features}
 * @param joules of NPU, memory and PIM: a coefficient a cycle of the memory's peak that is written,
 *     and one a cycle that the stage takes longer
 */
record ReceiveFit(double[] cycles, double[][] joules) {
  private static final int ROUNDS = 20;

  /**
   * A stage that was simulated with and without.
   *
   * @param features of it
   * @param busCycles all that is written, at the memory's peak
   * @param without its cost without
   * @param with the same with
   */
  record Sample(double[] features, double busCycles, double[] without, double[] with) {
    double longer() {
      return with[Cost.CYCLES] - without[Cost.CYCLES];
    }
  }

  /**
   * What the cycles grow with.
   *
   * @param busiest cycles that the busiest channel's bus writes
   * @param idle cycles of the stage after the end of its chain
   * @param attention cost of its attention alone
   */
  static double[] features(double busiest, double idle, double[] attention) {
    return new double[] {busiest, idle, Math.min(busiest, attention[Cost.CYCLES])};
  }

  /**
   * From samples: least squares of errors relative to the stage, over those samples in which not
   * all is hidden; which these are the fit itself says.
   */
  static ReceiveFit of(List<Sample> samples) {
    double[] best = new double[samples.get(0).features().length];
    double least = squares(best, samples);
    List<Sample> visible = samples;
    for (int round = 0; round < ROUNDS && visible.size() > best.length; round++) {
      List<double[]> rows = new ArrayList<>();
      for (Sample sample : visible) {
        double scale = sample.with()[Cost.CYCLES];
        rows.add(Arrays.stream(sample.features()).map(f -> f / scale).toArray());
      }
      double[] longer =
          visible.stream().mapToDouble(s -> s.longer() / s.with()[Cost.CYCLES]).toArray();
      double[] tried = Linear.fit(rows, longer);
      double squares = squares(tried, samples);
      if (squares < least) {
        least = squares;
        best = tried;
      }
      visible = samples.stream().filter(s -> Linear.at(tried, s.features()) > 0).toList();
    }
    return new ReceiveFit(best, joules(samples));
  }

  private static double squares(double[] coefficients, List<Sample> samples) {
    double sum = 0;
    for (Sample sample : samples) {
      double fitted = Math.max(0, Linear.at(coefficients, sample.features()));
      double error = (fitted - sample.longer()) / sample.with()[Cost.CYCLES];
      sum += error * error;
    }
    return sum;
  }

  private static double[][] joules(List<Sample> samples) {
    List<double[]> rows =
        samples.stream().map(s -> new double[] {s.busCycles(), s.longer()}).toList();
    return IntStream.range(0, 3)
        .map(kind -> Cost.NPU_JOULES + kind)
        .mapToObj(
            q ->
                Linear.fit(
                    rows,
                    samples.stream().mapToDouble(s -> s.with()[q] - s.without()[q]).toArray()))
        .toArray(double[][]::new);
  }

  /**
   * Adds it to a stage's cost.
   *
   * @param busCycles all that is written, at the memory's peak
   * @param bytes of it
   */
  void add(double[] cost, double[] features, double busCycles, double bytes) {
    double longer = Math.max(0, Linear.at(cycles, features));
    double[] work = {busCycles, longer};
    cost[Cost.CYCLES] += longer;
    cost[Cost.BUS] += busCycles;
    cost[Cost.WRITE_BYTES] += bytes;
    for (int kind = 0; kind < joules.length; kind++) {
      cost[Cost.NPU_JOULES + kind] += Linear.at(joules[kind], work);
    }
  }
}
