// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import neupims.api.run.Experiment;
import neupims.api.run.IterationLine;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingResult;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
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
  private static final PrefillSpec MIXED = prefill(PrefillSpec.Mode.MIXED);

  /** Fewest outstanding tokens, the first of equals. */
  private static final Router LEAST_TOKENS =
      (state, request) ->
          IntStream.range(0, state.replicas().size())
              .boxed()
              .min(Comparator.comparing(i -> state.replicas().get(i).outstandingTokens()))
              .orElseThrow();

  private final FakePlugins plugins = new FakePlugins();
  private final List<RequestLine> lines = new ArrayList<>();
  private final List<IterationLine> iterations = new ArrayList<>();

  @Test
  void everyRequestIsServedOnceAndByTheReplicaItWasSentTo() {
    for (PrefillSpec.Mode mode : PrefillSpec.Mode.values()) {
      lines.clear();
      iterations.clear();
      VariantResult result =
          serve(Requests.poisson(2_000_000, 3_000), 3, prefill(mode), WindowSpec.ALL);
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
    VariantResult result = serve(two, 2, PrefillSpec.NONE, WindowSpec.ALL);
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
        serve(Requests.of(new Request(0, 0, 7, 5)), 2, PrefillSpec.NONE, WindowSpec.ALL);
    assertEquals(0.5, result.serving().orElseThrow().load().busyFraction(), 1e-12);
    assertEquals(0.25, result.utilization().npu(), 1e-12);
  }

  @Test
  void twoReplicasAtTwiceTheRateAreAsGoodAsOne() {
    WindowSpec window = new WindowSpec(2_000, 0, 0, 0, 0, 0);
    ServingResult one =
        serve(Requests.poisson(400_000, 42_000), 1, MIXED, window).serving().orElseThrow();
    // A router that knows nothing thins a Poisson stream to two Poisson streams.
    Router coin = (state, request) -> Long.bitCount(request.id() * 0x9E3779B97F4A7C15L) & 1;
    plugins.put(PluginKind.ROUTER, coin);
    ServingResult two =
        serve(Requests.poisson(800_000, 82_000), 2, MIXED, window).serving().orElseThrow();
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
    ServingResult turns = serve(skewed, 2, MIXED, WindowSpec.ALL).serving().orElseThrow();
    plugins.put(PluginKind.ROUTER, LEAST_TOKENS);
    ServingResult least = serve(skewed, 2, MIXED, WindowSpec.ALL).serving().orElseThrow();
    assertFalse(turns.load().overloaded());
    double worst = turns.ttft().orElseThrow().p99();
    double better = least.ttft().orElseThrow().p99();
    assertTrue(better < 0.9 * worst, better + " s, in turns " + worst + " s");
  }

  @Test
  void theRouterSeesWhatIsThereAtTheArrivalAndNotWhatComes() {
    List<RouterState> seen = new ArrayList<>();
    Router first =
        (state, request) -> {
          seen.add(state);
          return 0;
        };
    plugins.put(PluginKind.ROUTER, first);
    // The first decode is under way at 1 and at DECODE - 1; it ends at DECODE, before the arrival.
    RequestSource source =
        Requests.of(
            new Request(0, 0, 7, 2),
            new Request(1, 1, 7, 2),
            new Request(2, DECODE - 1, 7, 2),
            new Request(3, DECODE, 7, 2));
    serve(source, 2, PrefillSpec.NONE, WindowSpec.ALL);
    ReplicaState idle = new ReplicaState(0, 0, 0, 0);
    assertTrue(seen.stream().allMatch(state -> state.replicas().get(1).equals(idle)));
    assertEquals(
        List.of("0 0 0", "0 1 2", "1 1 4", "2 1 5"),
        seen.stream().map(state -> text(state.replicas().get(0))).toList());
    assertEquals(
        List.of(0L, 1L, DECODE - 1, DECODE), seen.stream().map(RouterState::nowNanos).toList());
    assertEquals(List.of(0L, 1L, 2L, 3L), seen.stream().map(RouterState::routedBefore).toList());
  }

  private static String text(ReplicaState state) {
    return state.waiting() + " " + state.running() + " " + state.outstandingTokens();
  }

  @Test
  void aReplicaThatHasServedAllOwesNothing() {
    for (PrefillSpec.Mode mode : PrefillSpec.Mode.values()) {
      List<Request> requests = new ArrayList<>();
      for (int id = 0; id < 60; id++) {
        // The KV cache is too small for all, so some are put back.
        requests.add(new Request(id, 0, 10, 60));
      }
      requests.add(new Request(60, 1_000_000_000, 1, 1));
      List<ReplicaState> last = new ArrayList<>();
      Router turns =
          (state, request) -> {
            last.clear();
            last.addAll(state.replicas());
            return (int) (state.routedBefore() % 2);
          };
      plugins.put(PluginKind.ROUTER, turns);
      RequestSource source = Requests.of(requests.toArray(Request[]::new));
      VariantResult result = serve(source, 2, prefill(mode), WindowSpec.ALL);
      assertEquals(61, result.requestsCompleted(), mode.name());
      ReplicaState idle = new ReplicaState(0, 0, 0, 0);
      assertEquals(List.of(idle, idle), last, mode.name());
    }
  }

  @Test
  void moreThanAllLookAheadWaitUnreadAndAreServedAllTheSame() {
    List<Integer> most = new ArrayList<>();
    Router first =
        (state, request) -> {
          most.add(state.replicas().stream().mapToInt(ReplicaState::waiting).sum());
          return 0;
        };
    plugins.put(PluginKind.ROUTER, first);
    VariantResult result =
        serve(Requests.poisson(1e12, 6_000), 2, PrefillSpec.NONE, WindowSpec.ALL);
    assertNull(result.failure());
    assertEquals(6_000, result.requestsCompleted());
    assertEquals(2 * 1024 - 1, most.stream().mapToInt(i -> i).max().orElseThrow());
  }

  @Test
  void aWindowIsOfAllReplicas() {
    WindowSpec window = new WindowSpec(500, 0, 0, 1_000, 0, 0);
    VariantResult result = serve(Requests.poisson(2_000_000, 1_000_000), 3, MIXED, window);
    ServingResult serving = result.serving().orElseThrow();
    assertEquals(1_000, serving.windowRequests(), 16);
    assertTrue(result.requestsCompleted() >= 1_500 && result.requestsCompleted() < 1_550);
    assertTrue(serving.load().busyFraction() <= 1 + 1e-12);
    double end = serving.windowEndSeconds();
    assertEquals(lines.get(lines.size() - 1).lastTokenNanos() / 1e9, end, 1e-12);
  }

  @Test
  void aRouterThatSendsARequestNowhereIsNamed() {
    for (int outside : List.of(-1, 2)) {
      plugins.put(PluginKind.ROUTER, (state, request) -> request.id() < 3 ? 0 : outside);
      VariantResult result =
          serve(Requests.poisson(1_000, 10), 2, PrefillSpec.NONE, WindowSpec.ALL);
      assertEquals("failed", result.stopped());
      String words = "it sent request 3 to replica %d; there are 0 to 1".formatted(outside);
      assertTrue(result.failure().startsWith("router round-robin (test 1.0.0), at iteration "));
      assertTrue(result.failure().endsWith(": broke its contract: " + words), result.failure());
      assertEquals(3, result.requestsCompleted());
    }
  }

  @Test
  void oneReplicaAsksNoRouter() {
    plugins.put(
        PluginKind.ROUTER,
        (state, request) -> {
          throw new AssertionError("nothing to choose");
        });
    VariantResult result =
        serve(Requests.poisson(100_000, 100), 1, PrefillSpec.NONE, WindowSpec.ALL);
    assertEquals(100, result.requestsCompleted());
    assertTrue(result.plugins().stream().noneMatch(plugin -> plugin.kind().equals("router")));
  }

  @Test
  void twoReplicasOfWhichOneIsNeverUsedAreLikeOne() {
    RequestSource source = Requests.poisson(1_500_000, 2_000);
    VariantResult alone = serve(source, 1, MIXED, WindowSpec.ALL);
    List<RequestLine> expected = List.copyOf(lines);
    lines.clear();
    plugins.put(PluginKind.ROUTER, (state, request) -> 0);
    VariantResult result = serve(source, 2, MIXED, WindowSpec.ALL);
    assertEquals(expected, lines);
    assertEquals(alone.iterations(), result.iterations());
    assertEquals(alone.simulatedSeconds(), result.simulatedSeconds());
    assertEquals(alone.energy(), result.energy());
  }

  @Test
  void theSameRunGivesTheSameLines() {
    plugins.put(PluginKind.ROUTER, LEAST_TOKENS);
    serve(Requests.poisson(2_000_000, 2_000), 4, MIXED, WindowSpec.ALL);
    List<RequestLine> first = List.copyOf(lines);
    lines.clear();
    serve(Requests.poisson(2_000_000, 2_000), 4, MIXED, WindowSpec.ALL);
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
                run(
                    Requests.poisson(1_000, 10),
                    new ReplicaSpec(2, "round-robin", Parameters.NONE),
                    PrefillSpec.NONE,
                    MeasureSpec.snapshots(1, 1, 1)));
    assertTrue(refusal.getMessage().startsWith("replicas=2 needs simulated time"));
  }

  private static PrefillSpec prefill(PrefillSpec.Mode mode) {
    return new PrefillSpec(mode, 1, 1e12, 1e-7);
  }

  private VariantResult serve(
      RequestSource source, int replicas, PrefillSpec prefill, WindowSpec window) {
    ReplicaSpec spec = new ReplicaSpec(replicas, "round-robin", Parameters.NONE);
    return run(source, spec, prefill, MeasureSpec.serving(window));
  }

  private VariantResult run(
      RequestSource source, ReplicaSpec replicas, PrefillSpec prefill, MeasureSpec measure) {
    plugins.put(PluginKind.REQUEST_SOURCE, source);
    Variant sample = SampleVariants.variant("a");
    ServingSpec serving =
        new ServingSpec(
            16, 0, prefill, SampleVariants.SERVING.kv(), new SloSpec(0, 0, 0), replicas);
    Variant variant =
        new Variant(
            "a",
            1,
            sample.shard(),
            sample.system(),
            SampleVariants.workload(1_000_000),
            serving,
            measure,
            sample.fidelity(),
            sample.live(),
            "{}");
    Experiment experiment = new Experiment("test", 1, List.of(variant), "{}");
    LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());
    return simulation.run(experiment, new Recorder(lines, iterations)).variants().get(0);
  }
}
