// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static neupims.engine.serve.PoolRuns.DECODE;
import static neupims.engine.serve.PoolRuns.KV;
import static neupims.engine.serve.PoolRuns.LATENCY;
import static neupims.engine.serve.PoolRuns.MOVE_TOKEN;
import static neupims.engine.serve.PoolRuns.PROMPT_TOKEN;
import static neupims.engine.serve.PoolRuns.shared;
import static neupims.engine.serve.PoolRuns.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.Router;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import org.junit.jupiter.api.Test;

/**
 * Prefill groups that several replicas share; a decode takes 80 ns, a prompt token 24 ns and its
 * cache 2 KiB, which a link of 1 GB/s moves in 2,048 ns.
 */
class SharedPoolTest {
  private static final int PROMPT = 7;
  private static final long PREFILL = PROMPT * PROMPT_TOKEN;
  private static final long MOVE = LATENCY + PROMPT * MOVE_TOKEN;

  private final PoolRuns runs = new PoolRuns();

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
    assertEquals(List.of(0, 1), runs.lines.stream().map(RequestLine::replica).toList());
    assertEquals(2 * PREFILL, line(1).lastTokenNanos());
    serve(2, shared(1, Routing.PREFILLED), at0(0, 1), at0(1, 1), at0(2, 2));
    assertEquals(List.of(-1, -1, 0), runs.lines.stream().map(RequestLine::replica).toList());
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
      runs.plugins.put(PluginKind.ROUTER, noting);
      serve(2, shared(1, routing), new Request(0, 10, PROMPT, 5), new Request(1, 20, PROMPT, 5));
      boolean early = routing == Routing.ARRIVAL;
      assertEquals(early ? List.of(10L, 20L) : List.of(10 + PREFILL, 10 + 2 * PREFILL), asked);
      // Five outputs and the prompt; or four outputs to come, none of which has come.
      assertEquals(early ? List.of(0L, 5L + PROMPT) : List.of(0L, 4L), owed);
    }
  }

  @Test
  void aRouterThatFailsWhenAPromptIsDoneIsRescuedAndThatReplays() {
    Router turns = runs.plugins.select(PluginKind.ROUTER, "router").service();
    Router bad =
        (state, request) -> {
          if (state.routedBefore() == 40) {
            throw new IllegalStateException("lost its map");
          }
          return turns.route(state, request);
        };
    runs.plugins.put(PluginKind.ROUTER, "bad", "1.0.0", bad);
    runs.plugins.put(PluginKind.ROUTER, "good", "1.0.0", (state, request) -> 1);
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
    runs.plugins.put(PluginKind.REQUEST_SOURCE, Requests.poisson(400_000, 100));
    MeasureSpec measure = MeasureSpec.serving(WindowSpec.ALL);
    VariantResult result = runs.run(serving, measure, live);
    assertEquals(List.of("policy-failed"), Trials.whats(result));
    assertEquals(100, result.requestsCompleted());
    List<RequestLine> first = List.copyOf(runs.lines);
    LiveSpec recorded = new LiveSpec(result.swaps(), live.fallbacks(), 30, 10);
    assertEquals(Live.text(result), Live.text(runs.run(serving, measure, recorded)));
    assertEquals(first, runs.lines);
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

  private static Request at0(long id, int outputTokens) {
    return new Request(id, 0, PROMPT, outputTokens);
  }

  private RequestLine only() {
    assertEquals(1, runs.lines.size());
    return runs.lines.get(0);
  }

  private RequestLine line(long id) {
    return runs.lines.stream().filter(l -> l.request().id() == id).findFirst().orElseThrow();
  }

  private VariantResult serve(int replicas, PrefillSpec prefill, Request... requests) {
    return runs.serve(Requests.of(requests), replicas, prefill);
  }
}
