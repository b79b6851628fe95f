// SPDX-License-Identifier: Apache-2.0
package neupims.placement.minload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.unit.Parameters;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.WorkloadSpec;
import neupims.estimator.neupims.NeupimsEstimator;
import neupims.placement.roundrobin.RoundRobinPlacement;
import neupims.workloads.AllAtOnceSource;
import org.junit.jupiter.api.Test;

/**
 * Full ShareGPT batches of 512, GPT3-7B, TP 4: the load of the fullest channel over the mean is
 * near 1.14 with min-load and 1.66 with round-robin [D]. 1.14 comes out when residents stay where
 * they are and each newcomer is placed as it enters; packing a whole snapshot anew gives 1.02. 1.66
 * is a channel independent of everything else; dealing in turn keeps counts a little closer, near
 * 1.53.
 */
final class ChannelBalanceTest {
  private static final int SEEDS = 4;
  private static final int BATCH = 512;

  @Test
  void minLoadKeepsTheFullestChannelNear114PercentOfTheMean() throws IOException {
    assertEquals(1.14, maxOverMean(new MinLoadPlacement()), 0.03);
  }

  @Test
  void channelsChosenBlindlyReach166PercentOfTheMean() throws IOException {
    KvPlacement blind =
        (state, newcomers) ->
            newcomers.stream()
                .mapToInt(n -> new KeyedRandom(state.seed(), n.request()).nextInt(state.channels()))
                .toArray();
    assertEquals(1.66, maxOverMean(blind), 0.06);
  }

  @Test
  void roundRobinIsBetweenTheTwoAndMuchCloserToBlind() throws IOException {
    double inTurn = maxOverMean(new RoundRobinPlacement());
    assertTrue(inTurn > 1.66 * 0.85 && inTurn < 1.66, "max/mean " + inTurn);
  }

  private static double maxOverMean(KvPlacement placement) throws IOException {
    LengthDistribution lengths = shareGpt();
    return IntStream.rangeClosed(1, SEEDS)
        .mapToDouble(
            seed -> {
              Iterator<Request> requests =
                  new AllAtOnceSource()
                      .open(new WorkloadSpec(Optional.of(lengths), 0, 2048, seed, Parameters.NONE));
              GemvShape shape = new GemvShape(8, 128, 512, 32);
              return new SteadyState(placement, new NeupimsEstimator(), shape)
                  .maxOverMean(requests, BATCH);
            })
        .average()
        .orElseThrow();
  }

  private static LengthDistribution shareGpt() throws IOException {
    try (InputStream csv = ChannelBalanceTest.class.getResourceAsStream("/sharegpt-lengths.csv")) {
      List<double[]> rows =
          new String(csv.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(ChannelBalanceTest::row)
              .toList();
      return new LengthDistribution("sharegpt", column(rows, 0), column(rows, 1), column(rows, 2));
    }
  }

  private static double[] row(String line) {
    return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }
}
