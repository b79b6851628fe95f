// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class TwoRegimesTest {
  private static TwoRegimes of(ToDoubleFunction<double[]> cycles) {
    List<double[]> work = new ArrayList<>();
    for (int requests : new int[] {8, 32, 256}) {
      for (int tokens : new int[] {20, 40, 150, 300, 900}) {
        work.add(new double[] {1, requests, requests * tokens, 0, 0});
      }
    }
    return TwoRegimes.of(work, work.stream().mapToDouble(cycles).toArray());
  }

  @Test
  void theRegimesThatMadeTheSamplesAreFound() {
    ToDoubleFunction<double[]> cycles = w -> Math.max(100 + 270 * w[1], 200 + 15 * w[1] + 4 * w[2]);
    TwoRegimes fitted = of(cycles);
    double[] shorter = {1, 100, 1000, 0, 0};
    double[] longer = {1, 100, 40_000, 0, 0};
    assertEquals(cycles.applyAsDouble(shorter), fitted.at(shorter), 1e-3);
    assertEquals(cycles.applyAsDouble(longer), fitted.at(longer), 1e-3);
  }

  @Test
  void whereThereIsOneRegimeItIsLinear() {
    TwoRegimes fitted = of(w -> 2000 + 15 * w[1] + 4 * w[2]);
    assertEquals(2000 + 15 * 5 + 4 * 50, fitted.at(new double[] {1, 5, 50, 0, 0}), 1e-3);
  }
}
