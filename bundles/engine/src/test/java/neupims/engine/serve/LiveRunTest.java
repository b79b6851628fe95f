// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RunEvent;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.Test;

/** Runs that are looked at and changed while they are under way. */
class LiveRunTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final SwapTrials trials = new SwapTrials();

  @Test
  void aSwapOfTheExperimentTakesEffectBeforeItsIterationAndNoRequestIsLost() {
    Variant variant =
        Live.variant(
            "a", 200, SwapTrials.swaps(SwapTrials.atIteration(5, PluginKind.SCHEDULER, "second")));
    trials.named("first", "0.1.0", state -> true);
    trials.named("second", "0.2.0", state -> true);
    VariantResult result = trials.run(Live.scheduler(variant, "first"));
    assertNull(result.failure());
    assertEquals(200, result.requestsCompleted());
    assertEquals(List.of("first 4", "second 5"), trials.planned.subList(4, 6));
    assertTrue(
        trials.planned.subList(5, trials.planned.size()).stream()
            .allMatch(p -> p.startsWith("second")));
    RunEvent event = result.events().get(0);
    assertEquals(1, result.events().size());
    assertEquals(5, event.iteration());
    assertEquals("swap", event.what());
    assertEquals("first (test 0.1.0)", event.from());
    assertEquals("second (test 0.2.0)", event.to());
    assertEquals(variant.live().swaps(), result.swaps());
    assertEquals(
        List.of("first", "second"),
        result.plugins().stream()
            .filter(p -> p.kind().equals("scheduler"))
            .map(PluginInfo::name)
            .toList());
  }

  @Test
  void aSwapAtATimeComesBeforeTheFirstIterationThatBeginsThen() {
    Swap swap = new Swap(Moment.atSeconds(3e-6), SwapTrials.choice(PluginKind.SCHEDULER, "second"));
    trials.named("first", "0.1.0", state -> true);
    trials.named("second", "0.1.0", state -> true);
    List<Long> begins = Collections.synchronizedList(new ArrayList<>());
    trials.named("second", "0.1.0", state -> begins.add(state.nowNanos()));
    VariantResult result =
        trials.run(Live.scheduler(Live.variant("a", 200, SwapTrials.swaps(swap)), "first"));
    double at = result.events().get(0).atSeconds();
    assertTrue(at >= 3e-6, "at " + at);
    assertEquals(at, begins.get(0) / 1e9, 1e-15);
    long last = result.events().get(0).iteration() - 1;
    assertTrue(trials.planned.contains("first " + last));
  }

  @Test
  void allPoliciesOfAnIterationAreOfOneSet() {
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    for (String set : List.of("first", "second")) {
      trials.named(set, "1.0.0", state -> calls.add(set));
      SubBatchPolicy split =
          state -> {
            calls.add(set);
            return List.of(state.batch());
          };
      trials.plugins.put(PluginKind.SPLIT, set, "1.0.0", split);
      ProgramCompiler real = trials.plugins.select(PluginKind.COMPILER, "x").service();
      trials.plugins.put(PluginKind.COMPILER, set, "1.0.0", new Heard(real, () -> calls.add(set)));
    }
    List<Swap> all =
        List.of(
            SwapTrials.atIteration(7, PluginKind.SPLIT, "second"),
            SwapTrials.atIteration(7, PluginKind.COMPILER, "second"),
            SwapTrials.atIteration(7, PluginKind.SCHEDULER, "second"));
    VariantResult result =
        trials.run(Live.policies(Live.variant("a", 100, SwapTrials.swaps(all)), "first"));
    assertNull(result.failure());
    assertEquals(3, result.events().size());
    List<String> order = calls.stream().distinct().toList();
    assertEquals(List.of("first", "second"), order);
    assertEquals(calls.indexOf("second"), calls.lastIndexOf("first") + 1);
  }

  @Test
  void aRunIsPausedLookedAtSwappedAndResumed() throws InterruptedException {
    SwapTrials.Gate gate = new SwapTrials.Gate(10);
    trials.named("first", "0.1.0", gate);
    trials.named("second", "0.2.0", state -> true);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = trials.start(variant);
    gate.reached.await();
    run.pause();
    gate.open.countDown();
    VariantStatus paused = until(run, status -> status.state() == State.PAUSED);
    assertEquals(3_000, paused.requestsOf());
    assertTrue(paused.iterations() >= 10 && paused.requestsDone() < 3_000);
    assertEquals("first", paused.policies().get(0).name());
    long stands = paused.iterations();
    Thread.sleep(50);
    assertEquals(stands, run.status().get(0).iterations());
    run.swap(null, PluginKind.SCHEDULER, "second");
    run.resume();
    VariantResult result = run.await().variants().get(0);
    assertEquals(3_000, result.requestsCompleted());
    assertEquals(1, result.events().size());
    assertEquals(stands, result.events().get(0).iteration());
    assertTrue(
        trials.planned.contains("second " + stands) && !trials.planned.contains("first " + stands));
    VariantStatus over = run.status().get(0);
    assertEquals(State.ENDED, over.state());
    assertEquals(3_000, over.requestsDone());
    assertEquals("second", over.policies().get(0).name());
    assertEquals("completed", result.stopped());
  }

  @Test
  void whatWasSwappedByHandIsWrittenDownAndGivesTheSameAgain() throws InterruptedException {
    KvPlacement crowd = (state, newcomers) -> new int[newcomers.size()];
    trials.plugins.put(PluginKind.PLACEMENT, "crowd", "1.0.0", crowd);
    trials.named("few", "1.0.0", state -> true);
    SwapTrials.Gate gate = new SwapTrials.Gate(20);
    trials.named("first", "1.0.0", gate);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = trials.start(variant);
    gate.reached.await();
    run.swap("a", PluginKind.PLACEMENT, "crowd");
    run.swap("a", PluginKind.SCHEDULER, "few");
    run.swap("a", PluginKind.SCHEDULER, "first");
    gate.open.countDown();
    VariantResult result = run.await().variants().get(0);
    assertEquals(3, result.swaps().size());
    VariantResult again = trials.run(Live.with(variant, SwapTrials.swaps(result.swaps())));
    assertEquals(Live.text(result), Live.text(again));
  }

  @Test
  void aStopEndsPausedVariantsToo() {
    SwapTrials.Gate gate = new SwapTrials.Gate(10);
    trials.named("first", "0.1.0", gate);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = trials.start(variant);
    run.pause();
    gate.open.countDown();
    until(run, status -> status.state() == State.PAUSED);
    run.stop();
    assertTimeoutPreemptively(
        SOON, () -> assertEquals("interrupted", run.await().variants().get(0).stopped()));
  }

  @Test
  void aStopWhileAnIdleSchedulerIsAskedForTheLastTimeIsNoFailure() throws Exception {
    CompletableFuture<LiveRun> underWay = new CompletableFuture<>();
    AtomicInteger calls = new AtomicInteger();
    BatchScheduler idle =
        state -> {
          if (calls.incrementAndGet() == 2) { // the first time it might still have waited
            underWay.join().stop();
          }
          return IterationPlan.IDLE;
        };
    trials.plugins.put(PluginKind.SCHEDULER, "idle", "1.0.0", idle);
    LiveRun run = trials.start(Live.scheduler(Live.variant("a", 1, LiveSpec.NONE), "idle"));
    underWay.complete(run);
    VariantResult result = run.await().variants().get(0);
    assertEquals("interrupted", result.stopped(), result.failure());
    assertEquals(2, calls.get());
  }

  @Test
  void iterationsOfAllReplicasAreCountedAndTheRouterSwaps() {
    Router first = (state, request) -> 0;
    trials.plugins.put(PluginKind.ROUTER, "first", "1.0.0", first);
    Router second = (state, request) -> 1;
    trials.plugins.put(PluginKind.ROUTER, "second", "1.0.0", second);
    Variant one =
        Live.variant(
            "a", 400, SwapTrials.swaps(SwapTrials.atIteration(10, PluginKind.ROUTER, "second")));
    Variant two = Live.replicas(one, new ReplicaSpec(2, "first", Parameters.NONE));
    VariantResult result = trials.run(two);
    assertEquals(400, result.requestsCompleted());
    RunEvent event = result.events().get(0);
    assertEquals(10, event.iteration());
    assertEquals("first (test 1.0.0)", event.from());
  }

  /** Waits until the only variant is so. */
  private static VariantStatus until(LiveRun run, Predicate<VariantStatus> is) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          while (!is.test(run.status().get(0))) {
            Thread.sleep(1);
          }
          return run.status().get(0);
        });
  }

  /** Says each time that it is asked for a program. */
  private record Heard(ProgramCompiler real, Runnable hears) implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return List.of();
    }

    @Override
    public Program compile(CompileInput input) {
      hears.run();
      return real.compile(input);
    }
  }
}
