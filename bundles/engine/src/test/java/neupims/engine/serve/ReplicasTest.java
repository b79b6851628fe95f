// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import neupims.api.run.IterationLine;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.Router;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/**
 * Replicas behind a router, each on a device that takes 80 ns a decode and 24 ns a prompt token.
 */
class ReplicasTest {
  private static final long DECODE = FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers();
  private static final PrefillSpec MIXED = ServedRuns.prefill(PrefillSpec.Mode.MIXED);

  /** Fewest outstanding tokens, the first of equals. */
  private static final Router LEAST_TOKENS =
      (state, request) ->
          IntStream.range(0, state.replicas().size())
              .boxed()
              .min(Comparator.comparing(i -> state.replicas().get(i).outstandingTokens()))
              .orElseThrow();

  private final ServedRuns runs = new ServedRuns();
  private final FakePlugins plugins = runs.plugins;
  private final List<RequestLine> lines = runs.lines;
  private final List<IterationLine> iterations = runs.iterations;

  @Test
  void everyRequestIsServedOnceAndByTheReplicaItWasSentTo() {
    for (PrefillSpec.Mode mode : PrefillSpec.Mode.values()) {
      lines.clear();
      iterations.clear();
      VariantResult result =
          runs.serve(
              Requests.poisson(2_000_000, 3_000), 3, ServedRuns.prefill(mode), WindowSpec.ALL);
      assertNull(result.failure(), mode.name());
      assertEquals(3_000, result.requestsCompleted(), mode.name());
      assertEquals(
          LongStream.range(0, 3_000).boxed().toList(),
          lines.stream().map(line -> line.request().id()).sorted().toList());
      assertTrue(lines.stream().allMatch(line -> line.replica() == line.request().id() % 3));
      long tokens = lines.stream().mapToLong(line -> line.request().outputTokens()).sum();
      assertEquals(tokens, result.tokensGenerated(), mode.name());
      assertEquals(0, result.serving().orElseThrow().rates().unfinished());
      for (int replica = 0; replica < 3; replica++) {
        oneIterationAfterTheOther(replica);
      }
    }
  }

  private void oneIterationAfterTheOther(int replica) {
    long end = 0;
    long number = 0;
    for (IterationLine line : iterations) {
      if (line.replica() == replica) {
        assertTrue(line.startNanos() >= end);
        assertEquals(number++, line.iteration());
        end = line.endNanos();
      }
    }
    assertTrue(number > 0, "replica " + replica + " never works");
  }

  @Test
  void aLoneRequestOnEachReplicaTakesItsStepsAndTheSumsAreOfBoth() {
    RequestSource two = Requests.of(new Request(0, 0, 7, 5), new Request(1, 0, 7, 5));
    VariantResult result = runs.serve(two, 2, PrefillSpec.NONE, WindowSpec.ALL);
    ServingResult serving = result.serving().orElseThrow();
    double seconds = 5 * DECODE / 1e9;
    assertEquals(seconds, result.simulatedSeconds(), 1e-15);
    assertEquals(10 / seconds, result.tokensPerSecond(), 1);
    assertEquals(seconds, serving.request().orElseThrow().p99(), 1e-15);
    assertEquals(1, serving.load().busyFraction(), 1e-12);
    assertEquals(2, serving.load().meanInSystem(), 1e-12);
    assertEquals(0.5, result.utilization().npu(), 1e-12);
    assertEquals(10, result.iterations());
  }

  @Test
  void aReplicaWithNothingToDoHalvesTheMeans() {
    VariantResult result =
        runs.serve(Requests.of(new Request(0, 0, 7, 5)), 2, PrefillSpec.NONE, WindowSpec.ALL);
    assertEquals(0.5, result.serving().orElseThrow().load().busyFraction(), 1e-12);
    assertEquals(0.25, result.utilization().npu(), 1e-12);
  }

  @Test
  void twoReplicasAtTwiceTheRateAreAsGoodAsOne() {
    WindowSpec window = new WindowSpec(2_000, 0, 0, 0, 0, 0);
    ServingResult one =
        runs.serve(Requests.poisson(400_000, 42_000), 1, MIXED, window).serving().orElseThrow();
    // A router that knows nothing thins a Poisson stream to two Poisson streams.
    Router coin = (state, request) -> Long.bitCount(request.id() * 0x9E3779B97F4A7C15L) & 1;
    plugins.put(PluginKind.ROUTER, coin);
    ServingResult two =
        runs.serve(Requests.poisson(800_000, 82_000), 2, MIXED, window).serving().orElseThrow();
    assertEquals(
        one.ttft().orElseThrow().mean(), two.ttft().orElseThrow().mean(), 0.05 * ttft(one));
    double request = one.request().orElseThrow().mean();
    assertEquals(request, two.request().orElseThrow().mean(), 0.05 * request);
    double rate = one.rates().requestsPerSecond();
    assertEquals(2 * rate, two.rates().requestsPerSecond(), 0.03 * 2 * rate);
    assertEquals(one.load().busyFraction(), two.load().busyFraction(), 0.03);
    // Little's law over both.
    double expected = two.rates().requestsPerSecond() * two.request().orElseThrow().mean();
    assertEquals(expected, two.load().meanInSystem(), 0.01 * expected);
  }

  private static double ttft(ServingResult result) {
    return result.ttft().orElseThrow().mean();
  }

  @Test
  void theLeastLoadedBeatsTurnsWhereLengthsAreSkewed() {
    // One request in ten wants 5,440 ns, 50 times the others' 104 ns: 638 ns in the mean, at 1.2
    // million a second on each replica a load of 0.77.
    RequestSource skewed =
        Requests.poisson(
            2_400_000,
            20_000,
            (id, random) ->
                random.nextDouble() < 0.1 ? new Request(id, 0, 30, 60) : new Request(id, 0, 1, 2));
    ServingResult turns = runs.serve(skewed, 2, MIXED, WindowSpec.ALL).serving().orElseThrow();
    plugins.put(PluginKind.ROUTER, LEAST_TOKENS);
    ServingResult least = runs.serve(skewed, 2, MIXED, WindowSpec.ALL).serving().orElseThrow();
    assertFalse(turns.load().overloaded());
    double worst = turns.ttft().orElseThrow().p99();
    double better = least.ttft().orElseThrow().p99();
    assertTrue(better < 0.9 * worst, better + " s, in turns " + worst + " s");
  }

  @Test
  void aWindowIsOfAllReplicas() {
    WindowSpec window = new WindowSpec(500, 0, 0, 1_000, 0, 0);
    VariantResult result = runs.serve(Requests.poisson(2_000_000, 1_000_000), 3, MIXED, window);
    ServingResult serving = result.serving().orElseThrow();
    assertEquals(1_000, serving.windowRequests(), 16);
    assertTrue(result.requestsCompleted() >= 1_500 && result.requestsCompleted() < 1_550);
    assertTrue(serving.load().busyFraction() <= 1 + 1e-12);
    double end = serving.windowEndSeconds();
    assertEquals(lines.get(lines.size() - 1).lastTokenNanos() / 1e9, end, 1e-12);
  }

  @Test
  void twoReplicasOfWhichOneIsNeverUsedAreLikeOne() {
    RequestSource source = Requests.poisson(1_500_000, 2_000);
    VariantResult alone = runs.serve(source, 1, MIXED, WindowSpec.ALL);
    List<RequestLine> expected = List.copyOf(lines);
    lines.clear();
    plugins.put(PluginKind.ROUTER, (state, request) -> 0);
    VariantResult result = runs.serve(source, 2, MIXED, WindowSpec.ALL);
    assertEquals(expected, lines);
    assertEquals(alone.iterations(), result.iterations());
    assertEquals(alone.simulatedSeconds(), result.simulatedSeconds());
    assertEquals(alone.energy(), result.energy());
  }

  @Test
  void theSameRunGivesTheSameLines() {
    plugins.put(PluginKind.ROUTER, LEAST_TOKENS);
    runs.serve(Requests.poisson(2_000_000, 2_000), 4, MIXED, WindowSpec.ALL);
    List<RequestLine> first = List.copyOf(lines);
    lines.clear();
    runs.serve(Requests.poisson(2_000_000, 2_000), 4, MIXED, WindowSpec.ALL);
    assertEquals(first, lines);
    TreeMap<Integer, Long> shares =
        first.stream()
            .collect(
                Collectors.groupingBy(RequestLine::replica, TreeMap::new, Collectors.counting()));
    assertEquals(4, shares.size());
  }

  @Test
  void snapshotsOfSeveralReplicasAreRefused() {
    InputException refusal =
        assertThrows(
            InputException.class,
            () ->
                runs.run(
                    Requests.poisson(1_000, 10),
                    new ReplicaSpec(2, "round-robin", Parameters.NONE),
                    PrefillSpec.NONE,
                    MeasureSpec.snapshots(1, 1, 1)));
    assertTrue(refusal.getMessage().startsWith("replicas=2 needs simulated time"));
  }
}
