// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import neupims.testkit.DrawnLengthsContract;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoissonSourceTest extends DrawnLengthsContract {
  @Override
  protected RequestSource source() {
    return new PoissonSource();
  }

  @Override
  protected Parameters parameters() {
    return new Parameters(Map.of("rate", 8.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 8, 1e6})
  void gapsAreExponential(double rate) {
    GapStatistics.check(PoissonSource.gaps(at(rate)), ExponentialDistribution.of(1 / rate));
  }

  @Test
  void aRequestArrivesAfterTheGapsOfItsPredecessorsAndItsOwn() {
    RandomGaps gaps = PoissonSource.gaps(spec(REQUESTS, 1));
    double sum = 0;
    for (Request request : read(spec(REQUESTS, 1))) {
      sum += gaps.gapNanos(request.id());
      assertEquals(sum, request.arrivalNanos(), 1);
    }
  }

  /** Read in whatever order, by whomever: the sampler remembers nothing. */
  @Test
  void aGapComesFromTheSeedAndTheIdAlone() {
    RandomGaps gaps = PoissonSource.gaps(at(8));
    double seventh = gaps.gapNanos(7);
    gaps.gapNanos(3);
    assertEquals(seventh, gaps.gapNanos(7));
    assertEquals(seventh, PoissonSource.gaps(at(8)).gapNanos(7));
  }

  @Test
  void twiceTheRateIsHalfTheTime() {
    List<Request> slow = read(spec(REQUESTS, 1));
    RandomGaps gaps = PoissonSource.gaps(at(16));
    for (Request request : slow) {
      assertEquals(request.arrivalNanos() / 2.0, gaps.nanos(request.id()), 1);
    }
  }

  /** Over 100,000 requests at a million a second nothing is lost to rounding to nanoseconds. */
  @Test
  void theMeanRateOfALongRunIsTheRate() {
    RandomGaps gaps = PoissonSource.gaps(at(1e6));
    int n = 100_000;
    double last = 0;
    for (int i = 0; i < n; i++) {
      last = gaps.nanos(i);
    }
    // The sum's standard deviation is the mean gap, 1000 ns, times sqrt(n).
    assertEquals(1000.0 * n, last, 3 * 1000 * Math.sqrt(n));
  }

  private static WorkloadSpec at(double rate) {
    return new WorkloadSpec(Optional.empty(), 0, 2048, 1, new Parameters(Map.of("rate", rate)));
  }
}
