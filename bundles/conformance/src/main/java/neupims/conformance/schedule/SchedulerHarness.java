// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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
 * the engine. A breach of one rule ends the case: what comes after it means nothing.
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

  /**
   * Serves all requests; when the tokens of each were emitted.
   *
   * @throws Breach if a rule is broken
   */
  Map<Long, List<Long>> serve() {
    long iterations = 0;
    long finite = 1000;
    for (Request request : with.requests()) {
      finite += 50L * (request.promptTokens() + request.outputTokens());
    }
    while (arrive() || !running.isEmpty()) {
      iterate(iterations++);
      boolean over = iterations >= finite;
      require(Rule.STARVATION, !over, () -> "served forever: " + waiting + running.values());
    }
    for (Request request : with.requests()) {
      boolean all = request.outputTokens() == tokens.get(request.id()).size();
      require(Rule.STARVATION, all, () -> "not all tokens of " + request);
    }
    for (long blocks : free) {
      boolean back = with.regionBlocks() == blocks;
      require(Rule.KV, back, () -> blocks + " blocks of a region free when all is over");
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
    IterationPlan plan = plan(state);
    plans.add(plan);
    plan.preempt().forEach(this::preempt);
    Map<Long, Integer> runs = new HashMap<>();
    for (TokenRun run : plan.run()) {
      require(Rule.VALID, !runs.containsKey(run.request()), () -> "runs twice: " + run);
      runs.put(run.request(), run.tokens());
      if (running.containsKey(run.request())) {
        grow(run);
      }
    }
    int sum = runs.values().stream().mapToInt(Integer::intValue).sum();
    int budget = with.limits().tokenBudget();
    require(Rule.LIMITS, sum <= budget, () -> sum + " tokens, the budget is " + budget);
    int hidden = withoutRoom.size();
    for (Admission admission : plan.admit()) {
      if (!admit(admission, runs, iteration)) {
        withoutRoom.add(admission.request());
      }
    }
    int most = with.limits().maxBatch();
    boolean batch = plan.admit().isEmpty() || running.size() <= most;
    require(Rule.LIMITS, batch, () -> running.size() + " in service, the batch holds " + most);
    boolean done = !runs.isEmpty() || !plan.preempt().isEmpty();
    boolean idle = !done && withoutRoom.size() == hidden;
    require(Rule.WORK, !idle, () -> "idle with work to do: " + waiting + running.values());
    now += done ? 1 + sum : 0;
    runs.forEach(this::work);
    return done;
  }

  private IterationPlan plan(ServingState state) {
    try {
      IterationPlan plan = scheduler.plan(state);
      require(Rule.VALID, plan != null, () -> "plan returns null");
      return plan;
    } catch (RuntimeException | StackOverflowError e) {
      if (e instanceof Breach breach) {
        throw breach;
      }
      StackTraceElement[] stack = e.getStackTrace();
      String at = stack.length == 0 ? "" : ", at " + stack[0];
      throw new Breach(Rule.VALID, "plan threw " + e + at, e);
    }
  }

  private static void require(Rule rule, boolean kept, Supplier<String> otherwise) {
    if (!kept) {
      throw new Breach(rule, otherwise.get(), null);
    }
  }

  private void preempt(Preemption preemption) {
    RunningRequest request = running.remove(preemption.request());
    require(Rule.VALID, request != null, () -> "preempts a stranger: " + preemption);
    give(request);
    preemptions.merge(request.id(), 1, Integer::sum);
    if (preemption.mode() == Preemption.Mode.SWAP) {
      boolean room = hostRoom() >= request.kvBlocks();
      require(Rule.KV, room, () -> "no room on the host: " + preemption);
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
    boolean coming = admission.request() >= arrived && admission.request() < with.requests().size();
    require(Rule.CAUSALITY, !coming, () -> "admitted before it arrives: " + admission);
    require(Rule.VALID, request != null, () -> "admits nobody who waits: " + admission);
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
    require(Rule.KV, free[request.channel()] >= 0, () -> "KV blocks that nobody has: " + run);
    replace(request, request.generatedTokens(), request.cachedTokens(), request.kvBlocks() + more);
  }

  private void checkTokens(int tokens, int remaining, Object what) {
    int least = with.limits().chunks() ? 1 : remaining;
    String of = what + " of " + remaining + " tokens";
    require(Rule.CAUSALITY, tokens <= remaining, () -> "tokens that are not known yet: " + of);
    require(Rule.LIMITS, tokens >= least, () -> "a part of a prompt that must be whole: " + of);
  }

  private void work(long id, int count) {
    RunningRequest request = running.get(id);
    require(Rule.VALID, request != null, () -> "runs a stranger: " + id);
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
    boolean there = free[request.channel()] <= with.regionBlocks();
    require(Rule.KV, there, () -> "KV blocks from nowhere");
  }

  private long hostRoom() {
    return with.hostBlocks() - onHost.values().stream().mapToLong(Long::longValue).sum();
  }

  private long blocks(int count) {
    return (count + ServingCase.BLOCK_TOKENS - 1L) / ServingCase.BLOCK_TOKENS;
  }
}
