// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import neupims.api.run.Experiment;
import neupims.api.run.IterationLine;
import neupims.api.run.KvSpec;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.PrefillSpec;
import neupims.api.run.PrefillSpec.Mode;
import neupims.api.run.PrefillSpec.Routing;
import neupims.api.run.PrefillUse;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingResult;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.Router;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/**
 * Prefill groups that several replicas share; a decode takes 80 ns, a prompt token 24 ns and its
 * cache 2 KiB, which a link of 1 GB/s moves in 2,048 ns.
 */
class SharedPoolTest {
  private static final long DECODE = FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers();
  private static final long PROMPT_TOKEN =
      FakeDevice.CYCLES_PER_PROMPT_TOKEN * SampleVariants.MODEL.layers();
  private static final long LATENCY = 100;
  private static final long MOVE_TOKEN = 2048;
  private static final int PROMPT = 7;
  private static final long PREFILL = PROMPT * PROMPT_TOKEN;
  private static final long MOVE = LATENCY + PROMPT * MOVE_TOKEN;

  private final FakePlugins plugins = new FakePlugins();
  private final List<RequestLine> lines = new ArrayList<>();
  private final List<IterationLine> iterations = new ArrayList<>();

  @Test
  void aRequestAloneTakesItsPromptItsWayAndItsDecodes() {
    for (Routing routing : Routing.values()) {
      for (int groups : new int[] {1, 3}) {
        VariantResult result = serve(2, shared(groups, routing), new Request(0, 500, PROMPT, 5));
        RequestLine line = only();
        assertEquals(500, line.admittedNanos());
        assertEquals(500 + PREFILL, line.firstTokenNanos());
        assertEquals(500 + PREFILL + MOVE + 4 * DECODE, line.lastTokenNanos());
        PrefillUse use = use(result);
        double seconds = line.lastTokenNanos() / 1e9;
        assertEquals(PREFILL / 1e9 / seconds / groups, use.busyFraction(), 1e-12);
        assertEquals(MOVE / 1e9 / seconds, use.links().get(0).busyFraction(), 1e-12);
        assertEquals(PROMPT * MOVE_TOKEN, use.links().get(0).bytes());
        assertEquals(0, use.links().get(1).busyFraction());
        assertEquals(MOVE / 1e9, use.transfer().orElseThrow().mean(), 1e-15);
        assertEquals(0, use.meanWaiting());
        assertEquals(groups, use.groups().size());
      }
    }
  }

  @Test
  void oneGroupWorksOnOnePromptAfterTheOtherAndSendsSo() {
    // The second cache could be received by its own replica, but its group sends the first.
    VariantResult result = serve(2, shared(1, Routing.ARRIVAL), at0(0, 5), at0(1, 5));
    assertEquals(PREFILL, line(0).firstTokenNanos());
    assertEquals(2 * PREFILL, line(1).firstTokenNanos());
    assertEquals(PREFILL + MOVE + 4 * DECODE, line(0).lastTokenNanos());
    assertEquals(PREFILL + 2 * MOVE + 4 * DECODE, line(1).lastTokenNanos());
    assertEquals(List.of(0, 1), List.of(line(0).replica(), line(1).replica()));
    PrefillUse use = use(result);
    assertEquals(PREFILL / 2e9, use.queue().orElseThrow().mean(), 1e-15);
    assertEquals(PREFILL / (double) line(1).lastTokenNanos(), use.meanWaiting(), 1e-12);
  }

  @Test
  void groupsWorkSideBySideAndSendToDifferentReplicasAtOnce() {
    serve(2, shared(3, Routing.ARRIVAL), at0(0, 5), at0(1, 5), at0(2, 5));
    for (int id = 0; id < 3; id++) {
      assertEquals(PREFILL, line(id).firstTokenNanos());
    }
    assertEquals(PREFILL + MOVE + 4 * DECODE, line(1).lastTokenNanos());
    // Replica 0 receives the third after the first, and decodes the first meanwhile.
    assertEquals(PREFILL + MOVE + 4 * DECODE, line(0).lastTokenNanos());
    assertEquals(PREFILL + 2 * MOVE + 4 * DECODE, line(2).lastTokenNanos());
  }

  @Test
  void whoIsDoneWithThePromptIsRoutedOnlyIfThatIsAtArrival() {
    serve(2, shared(1, Routing.ARRIVAL), at0(0, 1), at0(1, 1));
    assertEquals(List.of(0, 1), lines.stream().map(RequestLine::replica).toList());
    assertEquals(2 * PREFILL, line(1).lastTokenNanos());
    lines.clear();
    serve(2, shared(1, Routing.PREFILLED), at0(0, 1), at0(1, 1), at0(2, 2));
    assertEquals(List.of(-1, -1, 0), lines.stream().map(RequestLine::replica).toList());
  }

  @Test
  void theRouterIsAskedWhenThePromptComesOrWhenItIsDone() {
    for (Routing routing : Routing.values()) {
      List<Long> asked = new ArrayList<>();
      List<Long> owed = new ArrayList<>();
      Router noting =
          (state, request) -> {
            asked.add(state.nowNanos());
            owed.add(state.replicas().get(0).outstandingTokens());
            return 0;
          };
      plugins.put(PluginKind.ROUTER, noting);
      serve(2, shared(1, routing), new Request(0, 10, PROMPT, 5), new Request(1, 20, PROMPT, 5));
      boolean early = routing == Routing.ARRIVAL;
      assertEquals(early ? List.of(10L, 20L) : List.of(10 + PREFILL, 10 + 2 * PREFILL), asked);
      // Five outputs and the prompt; or four outputs to come, none of which has come.
      assertEquals(early ? List.of(0L, 5L + PROMPT) : List.of(0L, 4L), owed);
    }
  }

  @Test
  void everyRequestIsServedOnceInOrderOfCausesAndTheSumsAddUp() {
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      int replicas = 1 + random.nextInt(4);
      Routing routing = Routing.values()[random.nextInt(2)];
      boolean shared = routing == Routing.PREFILLED || random.nextBoolean();
      int groups = 1 + random.nextInt(4);
      PrefillSpec spec = new PrefillSpec(Mode.SEPARATE, groups, shared, routing, 4e9, 1e-7);
      RequestSource source = Requests.poisson(1e5 * Math.pow(10, 2 * random.nextDouble()), 300);
      lines.clear();
      VariantResult result = serve(source, replicas, 16, spec, KV, WindowSpec.ALL);
      String where = round + ": " + replicas + " replicas, " + spec;
      assertNull(result.failure(), where);
      assertEquals(
          LongStream.range(0, 300).boxed().toList(),
          lines.stream().map(line -> line.request().id()).sorted().toList());
      long tokens = lines.stream().mapToLong(line -> line.request().outputTokens()).sum();
      assertEquals(tokens, result.tokensGenerated(), where);
      lines.forEach(line -> inOrder(line, spec));
      sums(result, shared ? groups : groups * replicas, where);
    }
  }

  private void inOrder(RequestLine line, PrefillSpec spec) {
    Request request = line.request();
    assertTrue(line.admittedNanos() >= request.arrivalNanos());
    assertEquals(
        line.admittedNanos() + request.promptTokens() * PROMPT_TOKEN, line.firstTokenNanos());
    long move = 100 + Math.round(request.promptTokens() * MOVE_TOKEN / 4.0);
    long least = request.outputTokens() == 1 ? 0 : move + (request.outputTokens() - 1) * DECODE;
    assertTrue(line.lastTokenNanos() >= line.firstTokenNanos() + least);
    boolean routed = spec.routing() == Routing.ARRIVAL || request.outputTokens() > 1;
    assertTrue(line.replica() >= (routed ? 0 : -1));
  }

  /** Work in the pool, and requests in the system by time, are those of the requests. */
  private void sums(VariantResult result, int groups, String where) {
    ServingResult serving = result.serving().orElseThrow();
    PrefillUse use = serving.prefill().orElseThrow();
    double seconds = result.simulatedSeconds();
    long prompts = lines.stream().mapToLong(line -> line.request().promptTokens()).sum();
    assertEquals(300, use.prompts(), where);
    assertEquals(prompts, use.promptTokens(), where);
    assertEquals(groups, use.groups().size(), where);
    assertEquals(
        prompts, use.groups().stream().mapToLong(PrefillUse.Group::promptTokens).sum(), where);
    assertEquals(prompts * PROMPT_TOKEN / 1e9, use.busyFraction() * groups * seconds, 1e-9, where);
    double queued =
        lines.stream().mapToLong(l -> l.admittedNanos() - l.request().arrivalNanos()).sum() / 1e9;
    assertEquals(queued, use.meanWaiting() * seconds, 1e-9 * (1 + queued), where);
    assertEquals(queued / 300, use.queue().orElseThrow().mean(), 1e-9, where);
    double there =
        lines.stream().mapToLong(l -> l.lastTokenNanos() - l.request().arrivalNanos()).sum() / 1e9;
    assertEquals(there, serving.load().meanInSystem() * seconds, 1e-9 * (1 + there), where);
    long caches = lines.stream().filter(line -> line.request().outputTokens() > 1).count();
    assertEquals(caches, use.links().stream().mapToLong(PrefillUse.Link::caches).sum(), where);
  }

  @Test
  void aDroppedCacheIsMadeAgainInThePoolAndItsRequestKeepsItsReplica() {
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 120; id++) {
      requests.add(new Request(id, 0, 10, 60));
    }
    RequestSource source = Requests.of(requests.toArray(Request[]::new));
    for (Routing routing : Routing.values()) {
      lines.clear();
      // Tokens are slow next to prompts and links, so that caches fill.
      PrefillSpec fast = new PrefillSpec(Mode.SEPARATE, 8, true, routing, 1e12, 0);
      VariantResult result = serve(source, 2, 60, fast, KV, WindowSpec.ALL);
      assertNull(result.failure());
      long again = result.serving().orElseThrow().kv().recomputed();
      assertTrue(again > 0);
      PrefillUse use = use(result);
      assertEquals(120 + again, use.prompts());
      assertEquals(120 + again, use.links().stream().mapToLong(PrefillUse.Link::caches).sum());
      assertTrue(use.promptTokens() > 120 * 10 + again * 10, "outputs are worked on again");
      assertEquals(120 * 60, result.tokensGenerated());
      assertTrue(lines.stream().allMatch(line -> line.replica() == line.request().id() % 2));
    }
  }

  @Test
  void twiceTheSameIsTheSameAndMoreGroupsNeverMakeTheFirstTokenLater() {
    double before = Double.MAX_VALUE;
    for (int groups = 1; groups <= 8; groups *= 2) {
      RequestSource source = Requests.poisson(4_000_000, 2_000);
      lines.clear();
      serve(source, 2, 16, shared(groups, Routing.PREFILLED), KV, WindowSpec.ALL);
      List<RequestLine> first = List.copyOf(lines);
      lines.clear();
      VariantResult again =
          serve(source, 2, 16, shared(groups, Routing.PREFILLED), KV, WindowSpec.ALL);
      assertEquals(first, lines);
      double mean = again.serving().orElseThrow().ttft().orElseThrow().mean();
      assertTrue(mean <= before, groups + " groups");
      before = mean;
    }
  }

  @Test
  void aRouterThatFailsWhenAPromptIsDoneIsRescuedAndThatReplays() {
    Router turns = plugins.select(PluginKind.ROUTER, "router").service();
    Router bad =
        (state, request) -> {
          if (state.routedBefore() == 40) {
            throw new IllegalStateException("lost its map");
          }
          return turns.route(state, request);
        };
    plugins.put(PluginKind.ROUTER, "bad", "1.0.0", bad);
    plugins.put(PluginKind.ROUTER, "good", "1.0.0", (state, request) -> 1);
    PolicyChoice good = new PolicyChoice(PluginKind.ROUTER, "good", Parameters.NONE);
    LiveSpec live = new LiveSpec(List.of(), List.of(good), 30, 10);
    ServingSpec serving =
        new ServingSpec(
            16,
            0,
            shared(2, Routing.PREFILLED),
            KV,
            new SloSpec(0, 0, 0),
            new ReplicaSpec(2, "bad", Parameters.NONE));
    plugins.put(PluginKind.REQUEST_SOURCE, Requests.poisson(400_000, 100));
    MeasureSpec measure = MeasureSpec.serving(WindowSpec.ALL);
    VariantResult result = run(serving, measure, live);
    assertEquals(List.of("policy-failed"), Trials.whats(result));
    assertEquals(100, result.requestsCompleted());
    List<RequestLine> first = List.copyOf(lines);
    lines.clear();
    LiveSpec recorded = new LiveSpec(result.swaps(), live.fallbacks(), 30, 10);
    assertEquals(Live.text(result), Live.text(run(serving, measure, recorded)));
    assertEquals(first, lines);
  }

  @Test
  void aWindowMeasuresWhatIsInIt() {
    // One group is busy three quarters of the time: 5.5 tokens of 24 ns each.
    double rate = 0.75 / (5.5 * PROMPT_TOKEN / 1e9);
    WindowSpec window = new WindowSpec(2_000, 0, 0, 20_000, 0, 0);
    PrefillSpec spec = new PrefillSpec(Mode.SEPARATE, 1, true, Routing.PREFILLED, 1e12, 0);
    VariantResult result = serve(Requests.poisson(rate, 60_000), 8, 16, spec, KV, window);
    PrefillUse use = use(result);
    assertEquals(0.75, use.busyFraction(), 0.02);
    assertEquals(20_000, use.prompts(), 300);
    ServingResult serving = result.serving().orElseThrow();
    // Little's law in line and in the system.
    double seconds = serving.windowEndSeconds() - serving.windowStartSeconds();
    double line = use.prompts() / seconds * use.queue().orElseThrow().mean();
    assertEquals(line, use.meanWaiting(), 0.02 * line);
    double there = serving.windowRequests() / seconds * serving.request().orElseThrow().mean();
    assertEquals(there, serving.load().meanInSystem(), 0.02 * there);
  }

  @Test
  void whatIsRoutedWhenThePromptIsDoneNeedsASharedPool() {
    PrefillSpec own = new PrefillSpec(Mode.SEPARATE, 1, false, Routing.PREFILLED, 1, 0);
    assertTrue(own.routable(1));
    ReplicaSpec two = new ReplicaSpec(2, "router", Parameters.NONE);
    assertThrows(
        IllegalArgumentException.class,
        () -> new ServingSpec(1, 0, own, KV, new SloSpec(0, 0, 0), two));
  }

  private static final KvSpec KV = SampleVariants.SERVING.kv();

  private static PrefillSpec shared(int groups, Routing routing) {
    return new PrefillSpec(Mode.SEPARATE, groups, true, routing, 1e9, LATENCY / 1e9);
  }

  private static Request at0(long id, int outputTokens) {
    return new Request(id, 0, PROMPT, outputTokens);
  }

  private RequestLine only() {
    assertEquals(1, lines.size());
    return lines.remove(0);
  }

  private RequestLine line(long id) {
    return lines.stream().filter(l -> l.request().id() == id).findFirst().orElseThrow();
  }

  private static PrefillUse use(VariantResult result) {
    return result.serving().orElseThrow().prefill().orElseThrow();
  }

  private VariantResult serve(int replicas, PrefillSpec prefill, Request... requests) {
    return serve(Requests.of(requests), replicas, 16, prefill, KV, WindowSpec.ALL);
  }

  private VariantResult serve(
      RequestSource source,
      int replicas,
      int batch,
      PrefillSpec prefill,
      KvSpec kv,
      WindowSpec window) {
    plugins.put(PluginKind.REQUEST_SOURCE, source);
    ReplicaSpec spec = new ReplicaSpec(replicas, "round-robin", Parameters.NONE);
    ServingSpec serving = new ServingSpec(batch, 0, prefill, kv, new SloSpec(0, 0, 0), spec);
    return run(serving, MeasureSpec.serving(window), LiveSpec.NONE);
  }

  private VariantResult run(ServingSpec serving, MeasureSpec measure, LiveSpec live) {
    Variant sample = SampleVariants.variant("a");
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
            live,
            "{}");
    Experiment experiment = new Experiment("test", 1, List.of(variant), "{}");
    LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());
    return simulation.run(experiment, new Recorder(lines, iterations)).variants().get(0);
  }
}
