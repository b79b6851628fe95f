// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.List;

/**
 * How a chain of NPU tasks and attention on the PIM bear on each other, see {@link Timeline}.
 *
 * @param logitSlows cycles that a cycle of the chain's loads takes longer while the PIM works on
 *     logits
 * @param attendSlows the same while it works on attention's outputs
 * @param loadFactor how long a task's loads go on, in cycles that its bytes take at the memory's
 *     peak: stores of the PIM's results wait for that; 0 where they wait for nothing
 * @param idleJoules power that both pay for alone and only once together, joules a cycle: of NPU,
 *     memory and PIM
 */
record Overlap(double logitSlows, double attendSlows, double loadFactor, double[] idleJoules) {
  /** Where the search for the factors ends; GPT3-7B on neupims has 0.54, 0.35 and 0.80. ASSUMED */
  private static final double MOST_SLOWS = 1;

  private static final double MOST_LOADS = 1.5;

  /**
   * Steps of the first grid over the range, of each finer one over a step, and how many of these.
   */
  private static final int COARSE = 20;

  private static final int FINE = 4;
  private static final int ROUNDS = 2;

  /**
   * A simulated stage with both.
   *
   * @param loads start, cycles at the memory's peak and end of each task of the chain alone
   * @param chain cost of the chain alone, as the model has it
   * @param logitCycles of the attention alone
   * @param attention of the attention alone
   * @param cost of both together
   */
  record Sample(
      double[][] loads, double[] chain, double logitCycles, double[] attention, double[] cost) {}

  /** Parts that wait for nothing. */
  static Overlap none() {
    return new Overlap(0, 0, 0, new double[3]);
  }

  /** Least squares of relative errors: over a grid, then over finer ones about the best. */
  static Overlap of(List<Sample> samples) {
    double[] idle = idle(samples);
    double step = 1.0 / COARSE;
    Overlap middle = new Overlap(MOST_SLOWS / 2, MOST_SLOWS / 2, MOST_LOADS / 2, idle);
    Overlap best = best(samples, middle, step, COARSE / 2);
    for (int round = 0; round < ROUNDS; round++) {
      step /= FINE;
      best = best(samples, best, step, FINE);
    }
    return best;
  }

  /** The best of a grid about one: so many steps to each side, of a size in shares of the range. */
  private static Overlap best(List<Sample> samples, Overlap about, double step, int reach) {
    double least = Double.POSITIVE_INFINITY;
    Overlap best = about;
    for (int i = -reach; i <= reach; i++) {
      for (int j = -reach; j <= reach; j++) {
        for (int k = -reach; k <= reach; k++) {
          Overlap tried =
              new Overlap(
                  about.logitSlows + i * step * MOST_SLOWS,
                  about.attendSlows + j * step * MOST_SLOWS,
                  about.loadFactor + k * step * MOST_LOADS,
                  about.idleJoules);
          double error = tried.isPossible() ? tried.squares(samples) : Double.POSITIVE_INFINITY;
          if (error < least) {
            least = error;
            best = tried;
          }
        }
      }
    }
    return best;
  }

  private boolean isPossible() {
    return within(logitSlows, MOST_SLOWS)
        && within(attendSlows, MOST_SLOWS)
        && within(loadFactor, MOST_LOADS);
  }

  private static boolean within(double value, double most) {
    return value >= 0 && value <= most;
  }

  private double squares(List<Sample> samples) {
    double sum = 0;
    for (Sample s : samples) {
      double fitted = timeline(s.loads(), s.chain(), s.logitCycles(), s.attention()).end();
      double error = fitted / s.cost()[Cost.CYCLES] - 1;
      sum += error * error;
    }
    return sum;
  }

  private static double[] idle(List<Sample> samples) {
    double[] joules = new double[3];
    for (int kind = 0; kind < joules.length; kind++) {
      int quantity = Cost.NPU_JOULES + kind;
      double over = 0;
      double under = 0;
      for (Sample s : samples) {
        double saved = s.chain()[Cost.CYCLES] + s.attention()[Cost.CYCLES] - s.cost()[Cost.CYCLES];
        double less = s.chain()[quantity] + s.attention()[quantity] - s.cost()[quantity];
        over += saved * less;
        under += saved * saved;
      }
      joules[kind] = under == 0 ? 0 : over / under;
    }
    return joules;
  }

  /**
   * Both together.
   *
   * @param loads start, cycles at the memory's peak and end of each task of the chain alone
   * @param chain cost of the chain alone
   * @param logitCycles of the attention alone
   * @param attention cost of the attention alone
   */
  Timeline timeline(double[][] loads, double[] chain, double logitCycles, double[] attention) {
    double[][] periods = new double[loads.length][];
    double after = 0;
    for (int i = 0; i < loads.length; i++) {
      double from = Math.max(after, loads[i][0]);
      after = Math.max(from, Math.min(loads[i][2], loads[i][0] + loadFactor * loads[i][1]));
      periods[i] = new double[] {from, after};
    }
    return new Timeline(
        periods, chain[Cost.CYCLES], logitCycles, attention[Cost.CYCLES] - logitCycles, this);
  }
}
