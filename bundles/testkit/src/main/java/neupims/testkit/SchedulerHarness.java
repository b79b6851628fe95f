// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import neupims.api.schedule.Admission;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.TokenRun;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.Parameters;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.Request;

/**
 * Serves the requests of a case with a scheduler on a device whose iterations take a nanosecond and
 * one for every token, and checks every plan. A second opinion on what plans mean, told nothing by
 * the engine.
 */
final class SchedulerHarness {
  private static final long SEED = 7;

  private final ServingCase with;
  private final BatchScheduler scheduler;
  private final Parameters parameters;
  private final List<WaitingRequest> waiting = new ArrayList<>();
  private final Map<Long, RunningRequest> running = new LinkedHashMap<>();
  private final Map<Long, Integer> preemptions = new HashMap<>();
  private final Map<Long, Long> onHost = new HashMap<>();
  private final Map<Long, List<Long>> tokens = new LinkedHashMap<>();
  private final List<IterationPlan> plans = new ArrayList<>();
  private final long[] free;
  private int arrived;
  private long now;

  SchedulerHarness(ServingCase with, BatchScheduler scheduler, Parameters parameters) {
    this.with = with;
    this.scheduler = scheduler;
    this.parameters = parameters;
    free = new long[with.regions()];
    Arrays.fill(free, with.regionBlocks());
  }

  /** Serves all requests; when the tokens of each were emitted. */
  Map<Long, List<Long>> serve() {
    long iterations = 0;
    long finite = 1000;
    for (Request request : with.requests()) {
      finite += 50L * (request.promptTokens() + request.outputTokens());
    }
    while (arrive() || !running.isEmpty()) {
      iterate(iterations++);
      assertTrue(iterations < finite, () -> "served forever: " + waiting + running.values());
    }
    for (Request request : with.requests()) {
      assertEquals(
          request.outputTokens(), tokens.get(request.id()).size(), () -> "tokens of " + request);
    }
    for (long blocks : free) {
      assertEquals(with.regionBlocks(), blocks, "blocks when all is over");
    }
    return tokens;
  }

  /** The plans made so far. */
  List<IterationPlan> plans() {
    return plans;
  }

  private boolean arrive() {
    if (waiting.isEmpty() && running.isEmpty() && arrived < with.requests().size()) {
      now = Math.max(now, with.requests().get(arrived).arrivalNanos());
    }
    while (arrived < with.requests().size() && with.requests().get(arrived).arrivalNanos() <= now) {
      Request request = with.requests().get(arrived++);
      tokens.put(request.id(), new ArrayList<>());
      waiting.add(waits(request, 0));
    }
    return !waiting.isEmpty();
  }

  private WaitingRequest waits(Request request, int generated) {
    int known = request.promptTokens() + generated;
    int times = preemptions.getOrDefault(request.id(), 0);
    return new WaitingRequest(
        request, generated, with.worksOnPrompts() ? 0 : known - 1, false, times);
  }

  /** Plans and does an iteration; again without those who found no room if nothing else is done. */
  private void iterate(long iteration) {
    Set<Long> withoutRoom = new HashSet<>();
    boolean done = false;
    while (!done) {
      done = iterate(iteration, withoutRoom);
    }
  }

  private boolean iterate(long iteration, Set<Long> withoutRoom) {
    ServingState state =
        new ServingState(
            iteration,
            now,
            waiting.stream().filter(w -> !withoutRoom.contains(w.id())).toList(),
            List.copyOf(running.values()),
            with.limits(),
            new KvState(this::blocks, with.regionBlocks(), free, hostRoom()),
            parameters,
            SEED);
    IterationPlan plan = scheduler.plan(state);
    assertEquals(plan, scheduler.plan(state), "a plan depends on the state alone");
    plans.add(plan);
    plan.preempt().forEach(this::preempt);
    Map<Long, Integer> runs = new HashMap<>();
    for (TokenRun run : plan.run()) {
      assertFalse(runs.containsKey(run.request()), "runs twice: " + run);
      runs.put(run.request(), run.tokens());
      if (running.containsKey(run.request())) {
        grow(run);
      }
    }
    int sum = runs.values().stream().mapToInt(Integer::intValue).sum();
    assertTrue(sum <= with.limits().tokenBudget(), "tokens over the budget: " + sum);
    int hidden = withoutRoom.size();
    for (Admission admission : plan.admit()) {
      if (!admit(admission, runs, iteration)) {
        withoutRoom.add(admission.request());
      }
    }
    assertTrue(plan.admit().isEmpty() || running.size() <= with.limits().maxBatch(), "batch");
    boolean done = !runs.isEmpty() || !plan.preempt().isEmpty();
    assertTrue(
        done || withoutRoom.size() > hidden, () -> "does nothing: " + waiting + running.values());
    now += done ? 1 + sum : 0;
    runs.forEach(this::work);
    return done;
  }

  private void preempt(Preemption preemption) {
    RunningRequest request = running.remove(preemption.request());
    assertNotNull(request, "preempts a stranger: " + preemption);
    give(request);
    preemptions.merge(request.id(), 1, Integer::sum);
    if (preemption.mode() == Preemption.Mode.SWAP) {
      assertTrue(hostRoom() >= request.kvBlocks(), "room on the host: " + preemption);
      onHost.put(request.id(), request.kvBlocks());
      waiting.add(
          new WaitingRequest(
              request.request(),
              request.generatedTokens(),
              request.cachedTokens(),
              true,
              preemptions.get(request.id())));
    } else {
      waiting.add(waits(request.request(), request.generatedTokens()));
    }
    waiting.sort(Comparator.comparingLong(WaitingRequest::id));
  }

  private boolean admit(Admission admission, Map<Long, Integer> runs, long iteration) {
    WaitingRequest request =
        waiting.stream().filter(w -> w.id() == admission.request()).findFirst().orElse(null);
    assertNotNull(request, "admits somebody who does not wait: " + admission);
    assertTrue(request.request().arrivalNanos() <= now, "before it arrives: " + admission);
    int run = runs.getOrDefault(request.id(), 0);
    long needed = blocks(Math.max(request.cachedTokens() + run, admission.reserveTokens()));
    int region = region(request, iteration);
    if (free[region] < needed) {
      runs.remove(request.id());
      return false;
    }
    waiting.remove(request);
    onHost.remove(request.id());
    free[region] -= needed;
    running.put(
        request.id(),
        new RunningRequest(
            request.request(), region, request.generatedTokens(), request.cachedTokens(), needed));
    if (run > 0) {
      checkTokens(run, request.remainingTokens(), admission);
    }
    return true;
  }

  private int region(WaitingRequest request, long iteration) {
    if (with.anyRegion()) {
      return (int) (new KeyedRandom(SEED, iteration, request.id()).nextDouble() * free.length);
    }
    int emptiest = 0;
    for (int region = 1; region < free.length; region++) {
      emptiest = free[region] > free[emptiest] ? region : emptiest;
    }
    return emptiest;
  }

  private void grow(TokenRun run) {
    RunningRequest request = running.get(run.request());
    checkTokens(run.tokens(), request.remainingTokens(), run);
    long more = Math.max(0, blocks(request.cachedTokens() + run.tokens()) - request.kvBlocks());
    free[request.channel()] -= more;
    assertTrue(free[request.channel()] >= 0, "KV blocks that nobody has: " + run);
    replace(request, request.generatedTokens(), request.cachedTokens(), request.kvBlocks() + more);
  }

  private void checkTokens(int tokens, int remaining, Object what) {
    int least = with.limits().chunks() ? 1 : remaining;
    assertTrue(tokens >= least && tokens <= remaining, what + " of " + remaining + " tokens");
  }

  private void work(long id, int count) {
    RunningRequest request = running.get(id);
    assertNotNull(request, "runs a stranger: " + id);
    int cached = request.cachedTokens() + count;
    if (cached < request.knownTokens()) {
      replace(request, request.generatedTokens(), cached, request.kvBlocks());
      return;
    }
    tokens.get(id).add(now);
    int generated = request.generatedTokens() + 1;
    if (generated == request.request().outputTokens()) {
      give(request);
      running.remove(id);
    } else {
      replace(request, generated, cached, request.kvBlocks());
    }
  }

  private void replace(RunningRequest request, int generated, int cached, long blocks) {
    running.put(
        request.id(),
        new RunningRequest(request.request(), request.channel(), generated, cached, blocks));
  }

  private void give(RunningRequest request) {
    free[request.channel()] += request.kvBlocks();
    assertTrue(free[request.channel()] <= with.regionBlocks(), "KV blocks from nowhere");
  }

  private long hostRoom() {
    return with.hostBlocks() - onHost.values().stream().mapToLong(Long::longValue).sum();
  }

  private long blocks(int count) {
    return (count + ServingCase.BLOCK_TOKENS - 1L) / ServingCase.BLOCK_TOKENS;
  }
}
