// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;

/**
 * Cost of attention alone. On the PIM logit and attend each end with their slowest channel, whose
 * time is linear in its work; on the NPU the time is linear in the work of all, but no less than
 * what the requests take however short they are. All other quantities are linear in the work of all
 * and, for what is drawn at rest, in the cycles.
 *
 * @param logit coefficients of a channel's logit cycles; empty on the NPU
 * @param attend of a channel's attend cycles; empty on the NPU
 * @param shortest of the cycles on the NPU that do not depend on tokens; empty where there are none
 * @param totals of each quantity of {@link Cost}
 */
record AttentionFit(double[] logit, double[] attend, double[] shortest, double[][] totals) {
  /**
   * A simulated attention.
   *
   * @param byChannel its work
   * @param logitCycles of them until the last softmax, on the PIM
   * @param cost all of it
   */
  record Sample(double[][] byChannel, double logitCycles, double[] cost) {}

  /** From samples, of which on the PIM every channel that has work has the same. */
  static AttentionFit of(List<Sample> samples, boolean onPim) {
    List<double[]> totals = new ArrayList<>();
    List<double[]> channel = new ArrayList<>();
    for (Sample sample : samples) {
      totals.add(AttentionWork.total(sample.byChannel()));
      channel.add(first(sample.byChannel()));
    }
    double[][] linear = new double[Cost.COUNT][];
    TwoRegimes cycles = onPim ? null : TwoRegimes.of(totals, cycles(samples));
    linear[Cost.CYCLES] = onPim ? new double[0] : cycles.all();
    for (int i = 0; i < samples.size(); i++) {
      totals.set(i, withCycles(totals.get(i), samples.get(i).cost()[Cost.CYCLES]));
    }
    for (int q = Cost.CYCLES + 1; q < Cost.COUNT; q++) {
      int quantity = q;
      linear[q] =
          Linear.fit(totals, samples.stream().mapToDouble(s -> s.cost()[quantity]).toArray());
    }
    if (!onPim) {
      return new AttentionFit(new double[0], new double[0], cycles.shortest(), linear);
    }
    double[] logit = samples.stream().mapToDouble(Sample::logitCycles).toArray();
    double[] attend =
        samples.stream().mapToDouble(s -> s.cost()[Cost.CYCLES] - s.logitCycles()).toArray();
    return new AttentionFit(
        Linear.relative(channel, logit), Linear.relative(channel, attend), new double[0], linear);
  }

  private static double[] cycles(List<Sample> samples) {
    return samples.stream().mapToDouble(s -> s.cost()[Cost.CYCLES]).toArray();
  }

  /**
   * The work of all, with cycles in place of the one: what is drawn at rest is drawn each cycle.
   */
  private static double[] withCycles(double[] total, double cycles) {
    double[] features = total.clone();
    features[0] = cycles;
    return features;
  }

  private static double[] first(double[][] byChannel) {
    for (double[] own : byChannel) {
      if (own != null) {
        return own;
      }
    }
    throw new IllegalArgumentException("a sample without requests");
  }

  /** Logit cycles of the slowest channel; 0 on the NPU. */
  double logitCycles(double[][] byChannel) {
    return slowest(logit, byChannel);
  }

  double[] at(double[][] byChannel) {
    double[] total = AttentionWork.total(byChannel);
    double[] cost = new double[Cost.COUNT];
    cost[Cost.CYCLES] =
        logit.length > 0
            ? slowest(logit, byChannel) + slowest(attend, byChannel)
            : new TwoRegimes(totals[Cost.CYCLES], shortest).at(total);
    double[] features = withCycles(total, cost[Cost.CYCLES]);
    for (int q = Cost.CYCLES + 1; q < cost.length; q++) {
      cost[q] = Math.max(0, Linear.at(totals[q], features));
    }
    return cost;
  }

  private static double slowest(double[] coefficients, double[][] byChannel) {
    double most = 0;
    for (double[] own : byChannel) {
      if (own != null && coefficients.length > 0) {
        most = Math.max(most, Linear.at(coefficients, own));
      }
    }
    return most;
  }
}
