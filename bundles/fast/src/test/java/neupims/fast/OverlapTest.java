// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OverlapTest {
  private static double[] cost(double cycles, double memoryJoules) {
    double[] cost = new double[Cost.COUNT];
    cost[Cost.CYCLES] = cycles;
    cost[Cost.MEMORY_JOULES] = memoryJoules;
    return cost;
  }

  /** Samples by the formula, with 3 J a cycle at rest and 2 J a cycle of work. */
  @Test
  void coefficientsThatMadeTheSamplesAreFound() {
    Overlap made = new Overlap(0.35, 0.2, 0.9, new double[3]);
    List<Overlap.Sample> samples = new ArrayList<>();
    for (int n = 100; n <= 900; n += 200) {
      for (int p = 100; p <= 900; p += 200) {
        for (double logits = 0.2; logits < 1; logits += 0.3) {
          double[][] loads = {{0, 0.3 * n, 0.4 * n}, {0.4 * n, 0.5 * n, n}};
          double[] chain = cost(n, 5 * n);
          double[] attention = cost(p, 5 * p);
          double t = made.timeline(loads, chain, logits * p, attention).end();
          double[] both = cost(t, 2 * (n + p) + 3 * t);
          samples.add(new Overlap.Sample(loads, chain, logits * p, attention, both));
        }
      }
    }
    Overlap fitted = Overlap.of(samples);
    assertEquals(0.35, fitted.logitSlows(), 1e-9);
    assertEquals(0.2, fitted.attendSlows(), 1e-9);
    assertEquals(0.9, fitted.loadFactor(), 1e-9);
    assertEquals(3, fitted.idleJoules()[1], 1e-9);
  }
}
