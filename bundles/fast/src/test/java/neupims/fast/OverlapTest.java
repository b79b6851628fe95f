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
    List<Overlap.Sample> samples = new ArrayList<>();
    for (int n = 100; n <= 900; n += 200) {
      for (int p = 100; p <= 900; p += 200) {
        for (int k = 1; k <= 4; k *= 2) {
          double t = Math.max(n + 0.3 * p, p + 0.2 * n / k);
          samples.add(
              new Overlap.Sample(cost(n, 5 * n), cost(p, 5 * p), k, cost(t, 2 * (n + p) + 3 * t)));
        }
      }
    }
    Overlap fitted = Overlap.of(samples);
    assertEquals(0.3, fitted.npuWaits(), 1e-9);
    assertEquals(0.2, fitted.pimWaits(), 1e-9);
    assertEquals(3, fitted.idleJoules()[1], 1e-9);
  }
}
