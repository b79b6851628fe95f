// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttentionFitTest {
  /** Requests and tokens of two channels, a tile of K for 32 tokens, one of V for 512. */
  private static double[][] work(int requests, int tokens, int other) {
    return new double[][] {channel(requests, tokens), null, channel(requests, other)};
  }

  private static double[] channel(int requests, int tokens) {
    double keys = requests * Math.ceil(tokens / 32.0);
    double values = requests * Math.ceil(tokens / 512.0);
    return new double[] {1, requests, (double) requests * tokens, keys, values};
  }

  private static double logit(double[] c) {
    return 50 + 10 * c[1] + 3 * c[3];
  }

  private static double attend(double[] c) {
    return 20 + 7 * c[1] + 90 * c[4];
  }

  @Test
  void logitAndAttendEachEndWithTheirSlowestChannel() {
    List<AttentionFit.Sample> samples = new ArrayList<>();
    for (int tokens : new int[] {20, 150, 500, 520, 1100}) {
      for (int requests : new int[] {1, 2, 5}) {
        double[][] even = work(requests, tokens, tokens);
        double[] cost = new double[Cost.COUNT];
        cost[Cost.CYCLES] = logit(even[0]) + attend(even[0]);
        cost[Cost.PIM_JOULES] = 2 * cost[Cost.CYCLES] + 2 * 4 * requests;
        samples.add(new AttentionFit.Sample(even, logit(even[0]), cost));
      }
    }
    AttentionFit fit = AttentionFit.of(samples, true);
    double[][] uneven = work(3, 700, 260);
    double cycles = logit(uneven[0]) + attend(uneven[0]);
    assertEquals(logit(uneven[0]), fit.logitCycles(uneven), 1e-6);
    assertEquals(cycles, fit.at(uneven)[Cost.CYCLES], 1e-6);
    assertEquals(2 * cycles + 4 * 6, fit.at(uneven)[Cost.PIM_JOULES], 1e-6);
  }
}
