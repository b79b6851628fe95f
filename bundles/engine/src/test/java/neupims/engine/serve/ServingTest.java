// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import neupims.api.run.IterationLine;
import neupims.api.run.KvSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingResult;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** Serving in simulated time on a device that takes 80 ns a decode and 24 ns a prompt token. */
class ServingTest {
  private static final double DECODE =
      FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers() / 1e9;
  private static final double PROMPT_TOKEN =
      FakeDevice.CYCLES_PER_PROMPT_TOKEN * SampleVariants.MODEL.layers() / 1e9;
  private static final KvSpec KV = SampleVariants.SERVING.kv();

  private final ServedRuns runs = new ServedRuns();
  private final FakePlugins plugins = runs.plugins;
  private final List<RequestLine> lines = runs.lines;
  private final List<IterationLine> iterations = runs.iterations;

  @Test
  void inSteadyStateAsManyAreThereAsArriveWhileOneIsServed() {
    // A batch of 16 serves 1 / 80 ns tokens a second: 1.19 million requests of 10.5 tokens.
    WindowSpec window = new WindowSpec(2_000, 0, 0, 40_000, 0, 0);
    VariantResult result = serve(Requests.poisson(800_000, 100_000), serving(16, none()), window);
    ServingResult serving = result.serving().orElseThrow();
    double seconds = serving.windowEndSeconds() - serving.windowStartSeconds();
    double rate = serving.windowRequests() / seconds;
    double expected = rate * serving.request().orElseThrow().mean();
    assertEquals(expected, serving.load().meanInSystem(), 0.01 * expected);
    assertEquals(800_000, rate, 0.02 * 800_000);
    assertFalse(serving.load().overloaded());
    // Several may finish in the iteration that closes the window.
    assertEquals(40_000, serving.windowRequests(), 16);
  }

  @Test
  void aLoneRequestTakesItsStepsAndNoMore() {
    VariantResult result = serve(Requests.of(new Request(0, 500, 7, 5)), serving(16, none()));
    ServingResult serving = result.serving().orElseThrow();
    assertEquals(DECODE, serving.ttft().orElseThrow().mean(), 1e-15);
    assertEquals(DECODE, serving.tpot().orElseThrow().mean(), 1e-15);
    assertEquals(5 * DECODE, serving.request().orElseThrow().p99(), 1e-15);
    assertEquals(0, serving.queue().orElseThrow().mean());
    assertEquals(5, result.tokensGenerated());
    assertEquals(5 * DECODE + 500e-9, result.simulatedSeconds(), 1e-15);
    assertEquals(5 * DECODE / result.simulatedSeconds(), serving.load().busyFraction(), 1e-12);
    // Half the NPU while it is busy, nothing before the request arrives.
    assertEquals(0.5 * serving.load().busyFraction(), result.utilization().npu(), 1e-12);
  }

  @Test
  void aPromptOnTheSameDeviceIsWorkedOnFirstAndEmitsTheFirstToken() {
    for (PrefillSpec.Mode mode : List.of(PrefillSpec.Mode.MIXED, PrefillSpec.Mode.CHUNKED)) {
      PrefillSpec prefill = new PrefillSpec(mode, 1, 1, 0);
      VariantResult result = serve(Requests.of(new Request(0, 0, 7, 5)), serving(16, prefill));
      ServingResult serving = result.serving().orElseThrow();
      assertEquals(7 * PROMPT_TOKEN, serving.ttft().orElseThrow().mean(), 1e-15, mode.name());
      assertEquals(DECODE, serving.tpot().orElseThrow().mean(), 1e-15);
      assertEquals(5, result.tokensGenerated());
      assertEquals(5, result.iterations());
    }
  }

  @Test
  void promptsInChunksKeepToTheTokenBudget() {
    PrefillSpec chunked = new PrefillSpec(PrefillSpec.Mode.CHUNKED, 1, 1, 0);
    ServingSpec spec = new ServingSpec(16, 4, chunked, KV, new SloSpec(0, 0, 0));
    serve(Requests.of(new Request(0, 0, 10, 2), new Request(1, 0, 3, 2)), spec);
    assertEquals(
        List.of(4, 4, 4, 0, 0), iterations.stream().map(IterationLine::promptTokens).toList());
    assertEquals(
        List.of(0, 0, 1, 2, 1),
        iterations.stream().map(IterationLine::emitted).toList().subList(0, 5));
    assertTrue(iterations.stream().allMatch(i -> i.promptTokens() + i.decodes() <= 4));
  }

  @Test
  void aSeparatePromptPaysForItsGroupAndItsLink() {
    // 7 tokens of 2 KiB over 1 GB/s after 2 us.
    PrefillSpec separate = new PrefillSpec(PrefillSpec.Mode.SEPARATE, 1, 1e9, 2e-6);
    VariantResult result =
        serve(Requests.of(new Request(0, 0, 7, 5), new Request(1, 0, 7, 1)), serving(16, separate));
    double link = 2e-6 + 7 * 2048 / 1e9;
    RequestLine first = lines.get(1);
    assertEquals(0, first.request().id());
    assertEquals(Math.round(7 * PROMPT_TOKEN * 1e9), first.firstTokenNanos());
    assertEquals(7 * PROMPT_TOKEN + link + 4 * DECODE, first.lastTokenNanos() / 1e9, 1e-9);
    // The second waits for the group and needs no decoding.
    assertEquals(Math.round(2 * 7 * PROMPT_TOKEN * 1e9), lines.get(0).lastTokenNanos());
    assertEquals(6, result.tokensGenerated());
    assertEquals(2, result.requestsCompleted());
    // Two prompts and four decodes, each the energy of a block a layer.
    double joules = 6 * FakeDevice.BLOCK_ENERGY.totalJoules() * SampleVariants.MODEL.layers();
    assertEquals(joules, result.energy().orElseThrow().totalJoules(), 1e-9);
  }

  @Test
  void aFullCachePutsTheLatestBackAndEverybodyIsServed() {
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 60; id++) {
      requests.add(new Request(id, 0, 10, 60));
    }
    RequestSource source = Requests.of(requests.toArray(Request[]::new));
    PrefillSpec mixed = new PrefillSpec(PrefillSpec.Mode.MIXED, 1, 1, 0);
    ServingSpec spec = new ServingSpec(60, 1000, mixed, KV, new SloSpec(0, 0, 0));
    VariantResult result = serve(source, spec);
    ServingResult.KvUse kv = result.serving().orElseThrow().kv();
    // 60 requests of up to 69 tokens want 300 blocks.
    assertTrue(kv.recomputed() > 0);
    assertTrue(kv.peakFraction() <= 1 && kv.peakFraction() > 0.95, "" + kv.peakFraction());
    assertEquals(60, result.requestsCompleted());
    assertEquals(60 * 60, result.tokensGenerated());
    assertTrue(kv.fragmentation() > 0 && kv.fragmentation() < 15.0 / 16);
    assertEquals(kv.preemptions(), lines.stream().mapToLong(RequestLine::preemptions).sum());
    assertTrue(iterations.stream().allMatch(i -> i.kvFraction() <= 1));
  }

  @Test
  void channelsFillEachOnItsOwnAndAPlacementWithoutRoomOnlyCostsTime() {
    plugins.put(PluginKind.MEMORY_MODEL, new KvBudgetTest.TiledMemory());
    KvPlacement always1 =
        (state, newcomers) -> {
          int[] channels = new int[newcomers.size()];
          Arrays.fill(channels, 1);
          return channels;
        };
    plugins.put(PluginKind.PLACEMENT, always1);
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 20; id++) {
      requests.add(new Request(id, 0, 10, 20));
    }
    VariantResult result =
        serve(Requests.of(requests.toArray(Request[]::new)), serving(16, none()));
    assertNull(result.failure());
    assertEquals(20 * 20, result.tokensGenerated());
    ServingResult.KvUse kv = result.serving().orElseThrow().kv();
    assertTrue(kv.deferred() > 0);
    // One channel of four is full at times, so no more than a quarter is in use.
    assertTrue(kv.peakFraction() > 0.8 && kv.peakFraction() <= 1, "" + kv.peakFraction());
    assertTrue(iterations.stream().allMatch(i -> i.kvFraction() <= 0.25));
    assertTrue(kv.meanFraction() <= 0.25);
  }

  @Test
  void aSwappedCacheTakesTheHostLinksTimeBothWays() {
    BatchScheduler swaps =
        state -> {
          PlanDraft draft = new PlanDraft(state);
          draft.run(state.running(), true);
          for (WaitingRequest request : state.waiting()) {
            if (draft.preempts() || !draft.admit(request, request.knownTokens(), 0)) {
              break;
            }
          }
          return draft.plan();
        };
    plugins.put(PluginKind.SCHEDULER, swaps);
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 40; id++) {
      requests.add(new Request(id, 0, 10, 60));
    }
    PrefillSpec mixed = new PrefillSpec(PrefillSpec.Mode.MIXED, 1, 1, 0);
    KvSpec roomy = new KvSpec(16, 1 << 24, 1e9, 1e-6);
    ServingSpec spec = new ServingSpec(40, 1000, mixed, roomy, new SloSpec(0, 0, 0));
    VariantResult result = serve(Requests.of(requests.toArray(Request[]::new)), spec);
    ServingResult.KvUse kv = result.serving().orElseThrow().kv();
    assertTrue(kv.swapped() > 0);
    assertEquals(0, kv.recomputed());
    assertEquals(40 * 60, result.tokensGenerated());
    // A cache of 1 to 5 blocks of 32 KiB, out and in again, and at least half the moves together.
    double least = kv.swapped() * 2 * 32_768 / 1e9;
    assertTrue(kv.swapSeconds() > least, kv.swapSeconds() + " s");
    assertTrue(kv.swapSeconds() < 5 * least + 2e-6 * kv.swapped(), kv.swapSeconds() + " s");
    long moving =
        iterations.stream().mapToLong(i -> i.endNanos() - i.startNanos() - i.stepCycles()).sum();
    assertEquals(kv.swapSeconds(), moving / 1e9, 1e-12);
  }

  @Test
  void aRequestThatCanNeverFitIsRejectedByNameAndTheRestGoesOn() {
    RequestSource source =
        Requests.of(new Request(0, 0, 5, 2), new Request(1, 10, 90, 90), new Request(2, 20, 5, 2));
    VariantResult result = serve(source, serving(16, none()));
    assertEquals(1, result.serving().orElseThrow().rates().rejected());
    assertEquals(2, result.requestsCompleted());
    assertTrue(result.warnings().get(0).startsWith("request 1 is rejected: 179 tokens"));
  }

  @Test
  void anOverloadedRunEndsAndSaysByHowMuch() {
    // Twice as many requests as the batch of 16 can serve: 80 ns a token, 10.5 tokens a request.
    double capacity = 1 / (80e-9 * 10.5);
    VariantResult result = serve(Requests.poisson(2 * capacity, 5_000), serving(16, none()));
    assertEquals("completed", result.stopped());
    assertEquals(5_000, result.requestsCompleted());
    ServingResult.Load load = result.serving().orElseThrow().load();
    assertTrue(load.overloaded());
    assertEquals(1, load.queueGrowth(), 0.1);
    assertTrue(result.warnings().stream().anyMatch(w -> w.startsWith("overloaded:")));
    assertEquals(
        capacity, result.serving().orElseThrow().rates().requestsPerSecond(), 0.03 * capacity);
  }

  @Test
  void goodputCountsThoseWhoKeepToAllLimits() {
    SloSpec slo = new SloSpec(1.5 * DECODE, 0, 0);
    ServingSpec spec = new ServingSpec(1, 0, none(), KV, slo);
    RequestSource two = Requests.of(new Request(0, 0, 5, 2), new Request(1, 0, 5, 2));
    ServingResult serving = serve(two, spec).serving().orElseThrow();
    // The second waits for the first: its first token is its third step.
    assertEquals(0.5, serving.rates().goodFraction());
    assertEquals(3 * DECODE, serving.ttft().orElseThrow().p99(), 0.03 * DECODE);
    assertEquals(2 * DECODE, serving.ttft().orElseThrow().p50(), 1e-15);
  }

  @Test
  void aRunWithoutAnEndIsRefusedUnlessItsWindowCloses() {
    RequestSource endless = Requests.poisson(1000, Long.MAX_VALUE);
    InputException refusal =
        assertThrows(
            InputException.class, () -> serve(endless, serving(16, none()), WindowSpec.ALL, 0));
    assertTrue(refusal.getMessage().contains("measure.window.seconds"), refusal.getMessage());
    WindowSpec closes = new WindowSpec(0, 0, 0, 0, 0.01, 0);
    VariantResult result = serve(endless, serving(16, none()), closes, 0);
    assertNull(result.failure());
    assertEquals(0.01, result.simulatedSeconds(), 0.002);
  }

  @Test
  void aSchedulerThatDoesNothingIsNamedAndTheRunEnds() {
    plugins.put(PluginKind.SCHEDULER, state -> IterationPlan.IDLE);
    VariantResult result = serve(Requests.of(new Request(0, 0, 5, 2)), serving(16, none()));
    assertEquals("failed", result.stopped());
    String words =
        "it does nothing, though 0 requests are in service, 1 wait and no other will come";
    assertTrue(result.failure().contains(words), result.failure());
  }

  private static PrefillSpec none() {
    return PrefillSpec.NONE;
  }

  private static ServingSpec serving(int maxBatch, PrefillSpec prefill) {
    return new ServingSpec(maxBatch, 0, prefill, KV, new SloSpec(0, 0, 0));
  }

  private VariantResult serve(RequestSource source, ServingSpec serving) {
    return serve(source, serving, WindowSpec.ALL);
  }

  private VariantResult serve(RequestSource source, ServingSpec serving, WindowSpec window) {
    return serve(source, serving, window, 1_000_000);
  }

  private VariantResult serve(
      RequestSource source, ServingSpec serving, WindowSpec window, long requests) {
    return runs.run(source, serving, MeasureSpec.serving(window), requests);
  }
}
