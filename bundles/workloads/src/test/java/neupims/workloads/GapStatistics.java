// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/** Holds drawn gaps against the distribution that they should be of. */
final class GapStatistics {
  private static final int GAPS = 20_000;

  private GapStatistics() {}

  /**
   * Seeds are fixed, so this cannot fail by chance: it fails when the sampler, its parameters or
   * the random numbers change.
   */
  static void check(RandomGaps gaps, ContinuousDistribution expected) {
    double[] seconds = LongStream.range(0, GAPS).mapToDouble(i -> gaps.gapNanos(i) / 1e9).toArray();
    double p =
        KolmogorovSmirnovTest.withDefaults()
            .test(seconds, expected::cumulativeProbability)
            .getPValue();
    assertTrue(p > 0.01, "p-value of the Kolmogorov-Smirnov test: " + p);
    double mean = Arrays.stream(seconds).average().orElseThrow();
    double error = Math.sqrt(expected.getVariance() / GAPS);
    assertEquals(expected.getMean(), mean, 3 * error);
    // Neighbours are independent: the correlation's standard error is 1 / sqrt(n).
    double variance = 0;
    double covariance = 0;
    for (int i = 1; i < GAPS; i++) {
      variance += (seconds[i] - mean) * (seconds[i] - mean);
      covariance += (seconds[i] - mean) * (seconds[i - 1] - mean);
    }
    assertEquals(0, covariance / variance, 3 / Math.sqrt(GAPS));
  }
}
