// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.Arrays;

/**
 * A chain of NPU tasks beside attention on the PIM, as time goes: while the chain loads and the PIM
 * works, loads take longer. What logit and attend store waits until the chain's loads pause, as
 * reads go first; attend begins when the scores are stored.
 *
 * <p>The chain has a time of its own, in which nothing slows it; the platform's time is read off at
 * the points where either rate changes.
 */
final class Timeline {
  private final double[] own;
  private final double[] real;
  private int points;
  private double logitEnd;
  private double attendEnd;

  /**
   * Plays both.
   *
   * @param loads begin and end of each load on the chain's own time, ascending, one after the other
   * @param chain the chain alone, cycles; 0 without
   * @param logit logit alone, cycles
   * @param attend attend alone, cycles
   * @param overlap by how much they slow each other
   */
  Timeline(double[][] loads, double chain, double logit, double attend, Overlap overlap) {
    own = new double[2 * loads.length + 8];
    real = new double[own.length];
    double at = 0;
    double time = 0;
    int next = 0;
    boolean ended = false;
    double left = logit;
    boolean attending = false;
    boolean stores = false;
    boolean served = false;
    mark(0, 0);
    while (at < chain || !served) {
      while (next < loads.length && at >= loads[next][1]) {
        next++;
      }
      boolean loading = at < chain && next < loads.length && at >= loads[next][0];
      if (stores && !loading) {
        stores = false;
        if (attending) {
          attendEnd = time;
          served = true;
        } else {
          logitEnd = time;
          attending = true;
          left = attend;
        }
        continue;
      }
      boolean working = !served && !stores;
      double slows = attending ? overlap.attendSlows() : overlap.logitSlows();
      double pace = loading && working ? 1 + slows : 1;
      double bound =
          next >= loads.length ? chain : loading ? loads[next][1] : Math.min(chain, loads[next][0]);
      double chainNeeds = at < chain ? (bound - at) * pace : Double.POSITIVE_INFINITY;
      double pimNeeds = working ? left : Double.POSITIVE_INFINITY;
      double step = Math.min(chainNeeds, pimNeeds);
      time += step;
      at = chainNeeds <= step ? bound : at < chain ? at + step / pace : at;
      left -= working ? step : 0;
      stores = working && pimNeeds <= step;
      if (!ended) {
        mark(at, time);
        ended = at >= chain;
      }
    }
    if (points == 0 || own[points - 1] < chain) {
      mark(chain, time);
    }
  }

  private void mark(double chainTime, double time) {
    if (points > 0 && own[points - 1] == chainTime) {
      real[points - 1] = time;
      return;
    }
    own[points] = chainTime;
    real[points++] = time;
  }

  /** When the chain reaches a time of its own. */
  double chainAt(double chainTime) {
    int found = Arrays.binarySearch(own, 0, points, chainTime);
    if (found >= 0) {
      return real[found];
    }
    int high = -found - 1;
    if (high >= points) {
      return real[points - 1];
    }
    double share = (chainTime - own[high - 1]) / (own[high] - own[high - 1]);
    return real[high - 1] + share * (real[high] - real[high - 1]);
  }

  /** When the last scores are stored. */
  double logitEnd() {
    return logitEnd;
  }

  /** When the attention's output is stored. */
  double attendEnd() {
    return attendEnd;
  }

  /** When both are done. */
  double end() {
    return Math.max(attendEnd, real[points - 1]);
  }
}
