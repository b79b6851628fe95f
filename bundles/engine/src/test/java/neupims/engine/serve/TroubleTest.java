// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.RunEvent;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.calls.SavedCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that fail, hang or break their contracts under a run. */
class TroubleTest {
  @TempDir private Path directory;
  private Trials trials;

  @BeforeEach
  void trials() {
    trials = new Trials(directory);
  }

  @Test
  void aSchedulerThatThrowsIsNamedAndOtherVariantsAreUntouched() {
    trials.scheduler("bad", state -> fail());
    Variant bad = Live.scheduler(Live.variant("bad", 300, LiveSpec.NONE), "bad");
    List<VariantResult> results = trials.run(bad, Live.variant("good", 300, LiveSpec.NONE));
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
  void whoeverIsAtWorkWhenMemoryEndsIsNamedWithTheError() {
    trials.scheduler(
        "bad",
        state -> {
          throw new OutOfMemoryError("a test's");
        });
    VariantResult failed = trials.run(Trials.withFallback(PluginKind.SCHEDULER)).get(0);
    assertEquals("failed", failed.stopped());
    assertEquals(
        "scheduler bad (test 1.0.0) was at work when this happened: java.lang.OutOfMemoryError: a"
            + " test's",
        failed.failure());
    assertEquals(40, failed.iterations());
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
      trials.scheduler("bad", trouble);
      Variant variant = Trials.withFallback(PluginKind.SCHEDULER);
      VariantResult result = trials.run(variant).get(0);
      assertNull(result.failure());
      assertEquals(300, result.requestsCompleted());
      RunEvent event = result.events().get(0);
      assertEquals(
          List.of("policy-failed", "bad (test 1.0.0)", "good (test 1.0.0)", Trials.AT),
          List.of(event.what(), event.from(), event.to(), event.iteration()));
      assertEquals(1, result.events().size());
      assertEquals("1.0.0", result.swaps().get(0).to().version().orElseThrow());
      assertTrue(
          trials.heard.notices.get(0).contains("good takes its place"),
          trials.heard.notices.toString());
      assertSaved(PluginKind.SCHEDULER, variant);
      trials.scheduler("bad", state -> calledAgain.set(true));
      trials.assertReplays(variant, result);
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
    trials.plugins.put(PluginKind.PLACEMENT, "bad", "1.0.0", late(outside));
    assertEquals(300, rescued(PluginKind.PLACEMENT, "returned").requestsCompleted());
    SubBatchPolicy loses =
        state ->
            state.iteration() < Trials.AT
                ? List.of(state.batch())
                : List.of(state.batch().subList(1, state.batch().size()));
    trials.plugins.put(PluginKind.SPLIT, "bad", "1.0.0", loses);
    rescued(PluginKind.SPLIT, "broke its contract: it returned no place for 1 requests");
  }

  @Test
  void aSchedulerThatDoesNothingThoughRequestsWaitIsInTroubleToo() {
    BatchScheduler tired =
        state -> state.iteration() < Trials.AT ? trials.full.plan(state) : IterationPlan.IDLE;
    trials.plugins.put(PluginKind.SCHEDULER, "bad", "1.0.0", tired);
    String words = "broke its contract: it does nothing, though 15 requests are in service, ";
    Variant variant = Trials.withFallback(PluginKind.SCHEDULER);
    VariantResult result = trials.run(variant).get(0);
    assertEquals(300, result.requestsCompleted());
    RunEvent event = result.events().get(0);
    assertEquals(
        List.of("policy-failed", "bad (test 1.0.0)", "good (test 1.0.0)", Trials.AT),
        List.of(event.what(), event.from(), event.to(), event.iteration()));
    assertTrue(event.why().startsWith(words), event.why());
    SavedCall call = SavedCall.load(directory.resolve("failures/a-scheduler-40.json"));
    assertEquals(15, ((ServingState) call.input()).running().size());
    assertTrue(call.failure().startsWith(words), call.failure());
    trials.assertReplays(variant, result);

    VariantResult failed = trials.run(Live.with(variant, LiveSpec.NONE)).get(0);
    assertEquals("failed", failed.stopped());
    String who = "scheduler bad (test 1.0.0), at iteration 40: ";
    assertTrue(failed.failure().startsWith(who + words), failed.failure());
  }

  @Test
  void savedCallsOfARunGoWhenAnotherTakesItsDirectoryAndNothingElseDoes() throws IOException {
    trials.scheduler("bad", state -> fail());
    Variant bad = Live.scheduler(Live.variant("bad", 300, LiveSpec.NONE), "bad");
    trials.run(bad);
    Path saved = directory.resolve("failures/bad-scheduler-40.json");
    assertTrue(Files.exists(saved));
    Path copy = Files.copy(saved, saved.resolveSibling("the-bug.json"));
    Path note = Files.writeString(saved.resolveSibling("other-scheduler-7.json"), "{}");
    Variant good = Live.variant("good", 20, LiveSpec.NONE);
    trials.scheduler("bad", state -> {});
    assertNull(Trials.await(trials.start(true, bad)).failure());
    assertTrue(Files.exists(saved), "whoever goes on with a run keeps what it has saved");
    trials.run(good);
    assertFalse(Files.exists(saved));
    assertTrue(Files.exists(copy) && Files.exists(note));
    Files.delete(copy);
    Files.delete(note);
    trials.run(good);
    assertFalse(Files.exists(saved.getParent()));
  }

  private static List<Preemption> preempt(long request) {
    return List.of(new Preemption(request, Preemption.Mode.RECOMPUTE));
  }

  private void breaks(String words, BatchScheduler at) {
    BatchScheduler bad =
        state -> state.iteration() < Trials.AT ? trials.full.plan(state) : at.plan(state);
    trials.plugins.put(PluginKind.SCHEDULER, "bad", "1.0.0", bad);
    rescued(PluginKind.SCHEDULER, words);
  }

  private static KvPlacement late(KvPlacement at) {
    return (state, newcomers) ->
        state.iteration() < Trials.AT ? new int[newcomers.size()] : at.place(state, newcomers);
  }

  /** An estimator is asked by the placement policy and by the engine; it is the one that fails. */
  @Test
  void anEstimatorThatFailsInAnotherPolicyIsNamedItself() {
    KvPlacement asks =
        (state, newcomers) -> {
          state.estimator().estimateCycles(state.shape(), 7);
          return new int[newcomers.size()];
        };
    trials.plugins.put(PluginKind.PLACEMENT, asks);
    GemvEstimator tired =
        (shape, tokens) -> {
          if (tokens > 14) {
            throw new IllegalStateException("tired");
          }
          return tokens;
        };
    trials.plugins.put(PluginKind.ESTIMATOR, "bad", "1.0.0", tired);
    rescued(PluginKind.ESTIMATOR, "threw java.lang.IllegalStateException: tired");
  }

  private VariantResult rescued(PluginKind<?> kind, String words) {
    Variant variant = Trials.withFallback(kind);
    VariantResult result = trials.run(variant).get(0);
    assertNull(result.failure());
    RunEvent event = result.events().get(0);
    assertEquals("policy-failed", event.what());
    assertEquals("bad (test 1.0.0)", event.from());
    assertTrue(event.why().contains(words), event.why());
    assertSaved(kind, variant);
    trials.assertReplays(variant, result);
    return result;
  }

  private static void fail() {
    throw new IllegalStateException("boom");
  }

  private static int deep(int n) {
    return n == Integer.MIN_VALUE ? n : 1 + deep(n + 1);
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
    Object bad = trials.plugins.select(kind, "bad").service();
    Object good = trials.plugins.select(kind, "good").service();
    assertEquals(Optional.empty(), call.violation(call.call(good)));
    try {
      assertTrue(call.violation(call.call(bad)).isPresent(), call.failure());
    } catch (IllegalStateException | LinkageError | StackOverflowError again) {
      assertTrue(call.failure().contains(again.toString()), call.failure());
      assertTrue(!call.stack().isEmpty());
    }
    assertTrue(saved[0].toFile().delete());
  }
}
