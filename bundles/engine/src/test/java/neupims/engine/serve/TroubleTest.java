// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunEvent;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.calls.SavedCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that fail, hang, break their contracts, are replaced or taken away under a run. */
class TroubleTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long AT = 40;

  @TempDir private Path directory;

  private final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private final BatchScheduler full = plugins.select(PluginKind.SCHEDULER, "any").service();

  @Test
  void aSchedulerThatThrowsIsNamedAndOtherVariantsAreUntouched() {
    scheduler("bad", state -> fail());
    Variant bad = Live.scheduler(Live.variant("bad", 300, LiveSpec.NONE), "bad");
    List<VariantResult> results = run(bad, Live.variant("good", 300, LiveSpec.NONE));
    VariantResult failed = results.get(0);
    assertEquals("failed", failed.stopped());
    String words = "scheduler bad (test 1.0.0), at iteration 40: threw java.lang";
    assertTrue(failed.failure().startsWith(words), failed.failure());
    assertTrue(failed.failure().contains("IllegalStateException: boom at neupims.engine.serve"));
    assertEquals(40, failed.iterations());
    RunEvent event = failed.events().get(0);
    assertEquals(List.of("policy-failed", ""), List.of(event.what(), event.to()));
    assertEquals(300, results.get(1).requestsCompleted());
    assertNull(results.get(1).failure());
  }

  @Test
  void aFallbackGoesOnInTheMidstOfTheIterationAndAReplayFollowsTheRecord() {
    AtomicBoolean calledAgain = new AtomicBoolean();
    for (Consumer<ServingState> trouble :
        List.<Consumer<ServingState>>of(
            state -> fail(),
            state -> deep(0),
            state -> {
              throw new NoClassDefFoundError("a/missing/Thing");
            })) {
      scheduler("bad", trouble);
      Variant variant = withFallback(PluginKind.SCHEDULER);
      VariantResult result = run(variant).get(0);
      assertNull(result.failure());
      assertEquals(300, result.requestsCompleted());
      RunEvent event = result.events().get(0);
      assertEquals(
          List.of("policy-failed", "bad (test 1.0.0)", "good (test 1.0.0)", AT),
          List.of(event.what(), event.from(), event.to(), event.iteration()));
      assertEquals(1, result.events().size());
      assertEquals("1.0.0", result.swaps().get(0).to().version().orElseThrow());
      assertTrue(notices.get(0).contains("good takes its place"), notices.toString());
      assertSaved(PluginKind.SCHEDULER, variant);
      scheduler("bad", state -> calledAgain.set(true));
      assertReplays(variant, result);
      assertTrue(!calledAgain.getAndSet(false), "the replay called where the record says trouble");
    }
  }

  @Test
  void whatIsAgainstTheContractIsTrouble() {
    breaks(
        "preempts request 999, which is not in service",
        state -> new IterationPlan(List.of(), List.of(), preempt(999)));
    breaks("returned null", state -> null);
    KvPlacement outside = (state, newcomers) -> new int[] {99};
    plugins.put(PluginKind.PLACEMENT, "bad", "1.0.0", late(outside));
    assertEquals(300, rescued(PluginKind.PLACEMENT, "returned").requestsCompleted());
    SubBatchPolicy loses =
        state ->
            state.iteration() < AT
                ? List.of(state.batch())
                : List.of(state.batch().subList(1, state.batch().size()));
    plugins.put(PluginKind.SPLIT, "bad", "1.0.0", loses);
    rescued(PluginKind.SPLIT, "broke its contract: it returned no place for 1 requests");
  }

  private static List<Preemption> preempt(long request) {
    return List.of(new Preemption(request, Preemption.Mode.RECOMPUTE));
  }

  private void breaks(String words, BatchScheduler at) {
    BatchScheduler bad = state -> state.iteration() < AT ? full.plan(state) : at.plan(state);
    plugins.put(PluginKind.SCHEDULER, "bad", "1.0.0", bad);
    rescued(PluginKind.SCHEDULER, words);
  }

  private static KvPlacement late(KvPlacement at) {
    return (state, newcomers) ->
        state.iteration() < AT ? new int[newcomers.size()] : at.place(state, newcomers);
  }

  /** An estimator is asked by the placement policy and by the engine; it is the one that fails. */
  @Test
  void anEstimatorThatFailsInAnotherPolicyIsNamedItself() {
    KvPlacement asks =
        (state, newcomers) -> {
          state.estimator().estimateCycles(state.shape(), 7);
          return new int[newcomers.size()];
        };
    plugins.put(PluginKind.PLACEMENT, asks);
    GemvEstimator tired =
        (shape, tokens) -> {
          if (tokens > 14) {
            throw new IllegalStateException("tired");
          }
          return tokens;
        };
    plugins.put(PluginKind.ESTIMATOR, "bad", "1.0.0", tired);
    rescued(PluginKind.ESTIMATOR, "threw java.lang.IllegalStateException: tired");
  }

  @Test
  void aCallThatCanBeInterruptedIsLateAndTheRunGoesOn() {
    scheduler("bad", state -> sleep(60_000));
    timeout(withFallback(PluginKind.SCHEDULER));
  }

  /** It is left behind; the variant begins again on another thread, knowing what happened. */
  @Test
  void aCallThatNothingEndsIsLeftBehindAndTheRunGoesOn() {
    CountDownLatch never = new CountDownLatch(1);
    scheduler("bad", state -> waitWhatever(never));
    timeout(withFallback(PluginKind.SCHEDULER));
    never.countDown();
  }

  private void timeout(Variant variant) {
    VariantResult result = assertTimeoutPreemptively(SOON, () -> run(variant).get(0));
    assertNull(result.failure());
    assertEquals(300, result.requestsCompleted());
    RunEvent event = result.events().get(0);
    assertEquals(
        List.of("timeout", "did not return within 0.2 s", "good (test 1.0.0)", AT),
        List.of(event.what(), event.why(), event.to(), event.iteration()));
    assertReplays(variant, result);
  }

  @Test
  void aCallThatNothingEndsStopsAVariantWithoutFallbackAndNoOther() {
    CountDownLatch never = new CountDownLatch(1);
    scheduler("bad", state -> waitWhatever(never));
    Variant bad = Live.scheduler(Live.variant("bad", 300, spec()), "bad");
    List<VariantResult> results =
        assertTimeoutPreemptively(SOON, () -> run(bad, Live.variant("good", 300, LiveSpec.NONE)));
    VariantResult late = results.get(0);
    assertEquals("failed", late.stopped());
    String words = "scheduler bad (test 1.0.0), at iteration 40: did not return within 0.2 s";
    assertTrue(late.failure().startsWith(words), late.failure());
    assertEquals(40, late.iterations());
    assertEquals("timeout", late.events().get(0).what());
    assertEquals(300, results.get(1).requestsCompleted());
    never.countDown();
  }

  @Test
  void aReplacedPolicyIsSwappedLiveAndBothVersionsAreWantedByAReplay() {
    scheduler("mine", state -> {});
    Variant variant = Live.scheduler(Live.variant("a", 300, spec()), "mine");
    plugins.put(
        PluginKind.SCHEDULER,
        "mine",
        "1.0.0",
        at(() -> plugins.put(PluginKind.SCHEDULER, "mine", "2.0.0", full)));
    VariantResult result = run(variant).get(0);
    RunEvent event = result.events().get(0);
    assertEquals(
        List.of("plugin-updated", "mine (test 1.0.0)", "mine (test 2.0.0)", AT + 1),
        List.of(event.what(), event.from(), event.to(), event.iteration()));
    assertEquals(300, result.requestsCompleted());
    List<String> versions =
        result.swaps().stream().map(s -> s.what() + " " + s.to().version().orElseThrow()).toList();
    assertEquals(List.of("start 1.0.0", "plugin-updated 2.0.0"), versions);
  }

  @Test
  void aPolicyThatComesBackIsWaitedFor() {
    LiveRun run = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    VariantStatus waiting = until(run, State.WAITING);
    assertTrue(waiting.note().startsWith("waits for scheduler mine (test 1.0.0) (removed), "));
    assertEquals(AT + 1, waiting.iterations());
    plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", full);
    VariantResult result = await(run);
    assertEquals(List.of("plugin-lost", "plugin-back"), whats(result));
    assertEquals("", result.events().get(0).to());
    assertEquals(300, result.requestsCompleted());
    assertTrue(notices.get(0).contains("waits for scheduler mine"), notices.toString());
    assertReplays(run.experiment().variants().get(0), result);
  }

  @Test
  void aPolicyThatDoesNotComeBackHasItsFallback() {
    PolicyChoice good = new PolicyChoice(PluginKind.SCHEDULER, "good", Parameters.NONE);
    LiveRun run = lose(new LiveSpec(List.of(), List.of(good), 0.2, 10));
    VariantResult result = await(run);
    assertEquals(List.of("plugin-lost", "fallback"), whats(result));
    assertEquals("good (test 1.0.0)", result.events().get(1).to());
    assertEquals(300, result.requestsCompleted());
    plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", full);
    assertReplays(run.experiment().variants().get(0), result);
  }

  @Test
  void withoutFallbackTheRunStopsAndSaysHowToGoOn() {
    VariantResult result = await(lose(new LiveSpec(List.of(), List.of(), 0.2, 10)));
    assertEquals("failed", result.stopped());
    assertEquals(
        "scheduler mine (test 1.0.0) was removed before iteration 41 and is not back after 0 s; put"
            + " it back, or name another under fallback.scheduler",
        result.failure());
    assertEquals(List.of("plugin-lost"), whats(result));
  }

  @Test
  void whoWaitsCanBeGivenAnotherPolicyOrStopped() {
    LiveRun run = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    until(run, State.WAITING);
    run.swap(null, PluginKind.SCHEDULER, "good");
    VariantResult swapped = await(run);
    assertEquals(List.of("plugin-lost", "swap"), whats(swapped));
    assertEquals(300, swapped.requestsCompleted());
    LiveRun other = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    until(other, State.WAITING);
    other.stop();
    assertEquals("interrupted", await(other).stopped());
  }

  private LiveRun lose(LiveSpec live) {
    Variant variant = Live.scheduler(Live.variant("a", 300, live), "mine");
    plugins.put(
        PluginKind.SCHEDULER,
        "mine",
        "1.0.0",
        at(() -> plugins.remove(PluginKind.SCHEDULER, "mine")));
    return simulation.start(new Experiment("test", 1, List.of(variant), "{}"), new Ears());
  }

  private BatchScheduler at(Runnable what) {
    return state -> {
      if (state.iteration() == AT) {
        what.run();
      }
      return full.plan(state);
    };
  }

  private void scheduler(String name, Consumer<ServingState> at) {
    BatchScheduler scheduler =
        state -> {
          if (state.iteration() == AT) {
            at.accept(state);
          }
          return full.plan(state);
        };
    plugins.put(PluginKind.SCHEDULER, name, "1.0.0", scheduler);
  }

  private static LiveSpec spec() {
    return new LiveSpec(List.of(), List.of(), 30, 0.2);
  }

  /** With policies called bad, and one called good to take over. */
  private static Variant withFallback(PluginKind<?> kind) {
    PolicyChoice good = new PolicyChoice(kind, "good", Parameters.NONE);
    LiveSpec live = new LiveSpec(List.of(), List.of(good), 30, 0.2);
    return Live.named(Live.variant("a", 300, live), kind, "bad");
  }

  private VariantResult rescued(PluginKind<?> kind, String words) {
    Variant variant = withFallback(kind);
    VariantResult result = run(variant).get(0);
    assertNull(result.failure());
    RunEvent event = result.events().get(0);
    assertEquals("policy-failed", event.what());
    assertEquals("bad (test 1.0.0)", event.from());
    assertTrue(event.why().contains(words), event.why());
    assertSaved(kind, variant);
    assertReplays(variant, result);
    return result;
  }

  private void assertReplays(Variant variant, VariantResult result) {
    LiveSpec live = variant.live();
    LiveSpec recorded =
        new LiveSpec(
            result.swaps(), live.fallbacks(), live.pluginWaitSeconds(), live.policySeconds());
    VariantResult again = run(Live.with(variant, recorded)).get(0);
    assertEquals(Live.text(result), Live.text(again));
  }

  private List<VariantResult> run(Variant... variants) {
    return simulation
        .run(new Experiment("test", 1, List.of(variants), "{}"), new Ears())
        .variants();
  }

  private static VariantResult await(LiveRun run) {
    return assertTimeoutPreemptively(SOON, () -> run.await().variants().get(0));
  }

  private static VariantStatus until(LiveRun run, State state) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          while (run.status().get(0).state() != state) {
            Thread.sleep(1);
          }
          return run.status().get(0);
        });
  }

  private static List<String> whats(VariantResult result) {
    return result.events().stream().map(RunEvent::what).toList();
  }

  private static void fail() {
    throw new IllegalStateException("boom");
  }

  private static int deep(int n) {
    return n == Integer.MIN_VALUE ? n : 1 + deep(n + 1);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ends) {
      throw new IllegalStateException(ends);
    }
  }

  /** Deaf to interrupts. */
  private static void waitWhatever(CountDownLatch until) {
    boolean over = false;
    while (!over) {
      try {
        over = until.await(1, TimeUnit.HOURS);
      } catch (InterruptedException deaf) {
        continue;
      }
    }
  }

  /** What a policy was handed is saved, and handed to it again does the same. */
  private void assertSaved(PluginKind<?> kind, Variant variant) {
    Path[] saved =
        directory.resolve("failures").toFile().listFiles() == null
            ? new Path[0]
            : Arrays.stream(directory.resolve("failures").toFile().listFiles())
                .map(File::toPath)
                .toArray(Path[]::new);
    assertEquals(1, saved.length);
    String name = saved[0].getFileName().toString();
    assertTrue(name.matches("a-" + kind.word() + "-\\d+\\.json"), name);
    SavedCall call = SavedCall.load(saved[0]);
    assertEquals(kind, call.kind());
    Object bad = plugins.select(kind, "bad").service();
    Object good = plugins.select(kind, "good").service();
    assertEquals(Optional.empty(), call.violation(call.call(good)));
    try {
      assertTrue(call.violation(call.call(bad)).isPresent(), call.failure());
    } catch (IllegalStateException | LinkageError | StackOverflowError again) {
      assertTrue(call.failure().contains(again.toString()), call.failure());
      assertTrue(!call.stack().isEmpty());
    }
    assertTrue(saved[0].toFile().delete());
  }

  private final class Ears implements RunObserver {
    @Override
    public Optional<Path> directory() {
      return Optional.of(directory);
    }

    @Override
    public void progress(String variant, long done, long of) {}

    @Override
    public void notice(String variant, String line) {
      notices.add(line);
    }
  }
}
