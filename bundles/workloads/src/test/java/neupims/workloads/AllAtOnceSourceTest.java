// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import neupims.testkit.DrawnLengthsContract;
import org.junit.jupiter.api.Test;

final class AllAtOnceSourceTest extends DrawnLengthsContract {
  /** Prompts are uniform from 1 to 101 tokens, outputs from 1 to 201. */
  private static final LengthDistribution UNIFORM =
      new LengthDistribution(
          "uniform", new double[] {0, 1}, new double[] {1, 101}, new double[] {1, 201});

  @Override
  protected RequestSource source() {
    return new AllAtOnceSource();
  }

  @Test
  void everybodyArrivesAtTimeZero() {
    read(spec(100, 1)).forEach(request -> assertEquals(0, request.arrivalNanos()));
  }

  @Test
  void meanLengthsAreThoseOfTheDistribution() {
    Iterator<Request> stream = source().open(of(UNIFORM, 0, 2048, 3));
    int n = 20_000;
    double[] sums = new double[2];
    IntStream.range(0, n)
        .mapToObj(i -> stream.next())
        .forEach(
            request -> {
              sums[0] += request.promptTokens();
              sums[1] += request.outputTokens();
            });
    // Standard errors are 0.20 and 0.41 tokens.
    assertEquals(51, sums[0] / n, 1);
    assertEquals(101, sums[1] / n, 2);
  }

  @Test
  void promptIsClippedBeforeOutput() {
    LengthDistribution longOnes =
        new LengthDistribution(
            "long", new double[] {0, 1}, new double[] {500, 500}, new double[] {900, 900});
    assertEquals(new Request(0, 0, 500, 524), source().open(of(longOnes, 1, 1024, 1)).next());
    assertEquals(new Request(0, 0, 99, 1), source().open(of(longOnes, 1, 100, 1)).next());
  }

  private static WorkloadSpec of(LengthDistribution lengths, long requests, int max, long seed) {
    return new WorkloadSpec(Optional.of(lengths), requests, max, seed, Parameters.NONE);
  }
}
