// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.List;

/**
 * How long a chain of NPU tasks and attention on the PIM take together: while both are under way
 * each is slower. With N and P the times of each alone and k requests a channel
 *
 * <pre>
 * T = max(N + npuWaits P, P + pimWaits N / k)
 * </pre>
 *
 * With more requests one's GEMVs go on while another's scores wait for the NPU.
 *
 * @param npuWaits cycles that the NPU loses per cycle of the PIM's work, where the NPU is last
 * @param pimWaits cycles that the PIM loses per cycle of the NPU's work with one request a channel,
 *     where the PIM is last
 * @param idleJoules power that both pay for alone and only once together, joules a cycle: of NPU,
 *     memory and PIM
 */
record Overlap(double npuWaits, double pimWaits, double[] idleJoules) {
  /** Each coefficient is tried from 0 to 1 in so many steps. */
  private static final int STEPS = 200;

  /**
   * A simulated stage with both.
   *
   * @param chain cost of the chain alone, as the model has it
   * @param attention of the attention alone
   * @param perChannel requests of a channel
   * @param cost of both together
   */
  record Sample(double[] chain, double[] attention, double perChannel, double[] cost) {}

  /** Parts that wait for nothing. */
  static Overlap none() {
    return new Overlap(0, 0, new double[3]);
  }

  /** Least squares of relative errors, over all pairs of coefficients in fine steps. */
  static Overlap of(List<Sample> samples) {
    double[] idle = idle(samples);
    double least = Double.POSITIVE_INFINITY;
    Overlap best = none();
    for (int i = 0; i <= STEPS; i++) {
      for (int j = 0; j <= STEPS; j++) {
        Overlap tried = new Overlap(i / (double) STEPS, j / (double) STEPS, idle);
        double error = tried.squares(samples);
        if (error < least) {
          least = error;
          best = tried;
        }
      }
    }
    return best;
  }

  private double squares(List<Sample> samples) {
    double sum = 0;
    for (Sample s : samples) {
      double fitted = cycles(s.chain()[Cost.CYCLES], s.attention()[Cost.CYCLES], s.perChannel());
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

  /** Cycles until the NPU is done, if it is last. */
  double chainCycles(double chain, double attention) {
    return chain + npuWaits * attention;
  }

  /** Cycles until the PIM is done, if it is last. */
  double attentionCycles(double chain, double attention, double perChannel) {
    return attention + pimWaits * chain / perChannel;
  }

  /** Cycles of both together. */
  double cycles(double chain, double attention, double perChannel) {
    return Math.max(chainCycles(chain, attention), attentionCycles(chain, attention, perChannel));
  }
}
