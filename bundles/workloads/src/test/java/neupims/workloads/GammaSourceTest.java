// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import neupims.testkit.DrawnLengthsContract;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GammaSourceTest extends DrawnLengthsContract {
  @Override
  protected RequestSource source() {
    return new GammaSource();
  }

  @Override
  protected Parameters parameters() {
    return new Parameters(Map.of("rate", 8.0, "cv", 2.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2, 5})
  void gapsAreGammaOfMeanAndCoefficientOfVariation(double cv) {
    GammaDistribution expected = GammaDistribution.of(1 / (cv * cv), cv * cv / 8);
    assertEquals(1 / 8.0, expected.getMean(), 1e-12);
    assertEquals(cv, Math.sqrt(expected.getVariance()) / expected.getMean(), 1e-12);
    GapStatistics.check(GammaSource.gaps(at(cv)), expected);
  }

  @Test
  void withACoefficientOfOneItIsAPoissonProcess() {
    GapStatistics.check(GammaSource.gaps(at(1)), ExponentialDistribution.of(1 / 8.0));
  }

  @Test
  void aGapComesFromTheSeedAndTheIdAlone() {
    for (double cv : new double[] {0.5, 2}) {
      RandomGaps gaps = GammaSource.gaps(at(cv));
      double seventh = gaps.gapNanos(7);
      gaps.gapNanos(3);
      assertEquals(seventh, gaps.gapNanos(7));
    }
  }

  private static WorkloadSpec at(double cv) {
    return new WorkloadSpec(
        Optional.empty(), 0, 2048, 1, new Parameters(Map.of("rate", 8.0, "cv", cv)));
  }
}
