// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import neupims.api.schedule.Admission;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.TokenRun;
import neupims.api.schedule.WaitingRequest;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import neupims.conformance.Outcome;
import neupims.conformance.Property;
import org.junit.jupiter.api.Test;

/** A good scheduler, and what each property says when something is wrong with it. */
final class BrokenSchedulersTest {
  /** First come, first served, KV cache reserved to the end. */
  private static IterationPlan good(ServingState state) {
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    for (WaitingRequest waiting : state.waiting()) {
      int length = waiting.request().promptTokens() + waiting.request().outputTokens();
      if (draft.preempts() || !draft.admit(waiting, length, 0)) {
        break;
      }
    }
    return draft.plan();
  }

  private static BatchScheduler but(BiFunction<ServingState, IterationPlan, IterationPlan> change) {
    return state -> change.apply(state, good(state));
  }

  private static IterationPlan running(IterationPlan plan, List<TokenRun> run) {
    return new IterationPlan(plan.admit(), run, plan.preempt());
  }

  private static IterationPlan stranger(ServingState state, IterationPlan plan) {
    List<TokenRun> run = new ArrayList<>(plan.run());
    run.add(new TokenRun(1_000_000, 1));
    return running(plan, run);
  }

  /** Everybody who waits, whatever the batch holds. */
  private static IterationPlan everybody(ServingState state, IterationPlan plan) {
    List<Admission> admit = new ArrayList<>();
    for (WaitingRequest waiting : state.waiting()) {
      admit.add(new Admission(waiting.id(), 1));
    }
    return new IterationPlan(admit, plan.run(), plan.preempt());
  }

  /** Decodes grow, whether there are blocks or not, and nothing is reserved. */
  private static IterationPlan withoutAccount(ServingState state) {
    List<TokenRun> run = new ArrayList<>();
    int budget = state.limits().tokenBudget();
    for (RunningRequest request : state.running()) {
      int tokens = state.limits().chunks() ? 1 : request.remainingTokens();
      if (tokens <= budget) {
        run.add(new TokenRun(request.id(), tokens));
        budget -= tokens;
      }
    }
    List<Admission> admit = new ArrayList<>();
    for (WaitingRequest waiting : state.waiting()) {
      int tokens = state.limits().chunks() ? 1 : waiting.remainingTokens();
      if (state.running().size() + admit.size() < state.limits().maxBatch() && tokens <= budget) {
        admit.add(new Admission(waiting.id(), waiting.cachedTokens() + tokens));
        run.add(new TokenRun(waiting.id(), tokens));
        budget -= tokens;
      }
    }
    return new IterationPlan(admit, run, List.of());
  }

  private static IterationPlan lazy(ServingState state, IterationPlan plan) {
    return state.running().size() > 1 ? IterationPlan.IDLE : plan;
  }

  /** Takes in one and puts it back, for ever. */
  private static IterationPlan backAndForth(ServingState state) {
    if (!state.running().isEmpty()) {
      long id = state.running().get(0).id();
      return new IterationPlan(
          List.of(), List.of(), List.of(new Preemption(id, Preemption.Mode.RECOMPUTE)));
    }
    return good(state);
  }

  private static IterationPlan twoAtOnce(ServingState state, IterationPlan plan) {
    return running(
        plan,
        plan.run().stream()
            .map(run -> run.tokens() == 1 ? new TokenRun(run.request(), 2) : run)
            .toList());
  }

  /** Counts its calls. */
  private static final class Counting implements BatchScheduler {
    private int calls;

    @Override
    public IterationPlan plan(ServingState state) {
      IterationPlan plan = good(state);
      boolean skips = calls++ % 5 == 4 && plan.admit().isEmpty() && plan.run().size() > 1;
      return skips ? running(plan, plan.run().subList(1, plan.run().size())) : plan;
    }
  }

  @Test
  void aGoodSchedulerKeepsToAll() {
    Broken.assertHold(Contracts.scheduler(Map.of()), () -> BrokenSchedulersTest::good);
  }

  @Test
  void everyPropertyCanFail() {
    new Broken<BatchScheduler>()
        .add("valid plans", "runs a stranger", () -> but(BrokenSchedulersTest::stranger))
        .add("limits", "the batch holds", () -> but(BrokenSchedulersTest::everybody))
        .add(
            "KV conservation",
            "KV blocks that nobody has",
            () -> BrokenSchedulersTest::withoutAccount)
        .add("work conservation", "idle with work to do", () -> but(BrokenSchedulersTest::lazy))
        .add("no starvation", "served forever", () -> BrokenSchedulersTest::backAndForth)
        .add("causality", "not known yet", () -> but(BrokenSchedulersTest::twoAtOnce))
        .add("determinism", "asked again", Counting::new)
        .add(
            "nothing to do",
            "plan with nobody there",
            () -> state -> new IterationPlan(List.of(), List.of(new TokenRun(1, 1)), List.of()))
        .assertEachIsFound(() -> Contracts.scheduler(Map.of()));
  }

  @Test
  void aSchedulerThatThrowsOrHangsIsSaidToWithItsPlace() {
    Property<BatchScheduler> valid = Contracts.scheduler(Map.of()).get(0);
    Outcome thrown =
        valid.test(
            () ->
                state -> {
                  throw new IllegalStateException("no idea");
                },
            Duration.ofSeconds(60));
    assertTrue(
        thrown.detail().startsWith("plan threw java.lang.IllegalStateException: no idea"),
        thrown.detail());
    Outcome hung = valid.test(() -> BrokenSchedulersTest::sleeps, Duration.ofMillis(300));
    assertFalse(hung.pass());
    assertTrue(hung.detail().startsWith("not done after 0.3 s"), hung.detail());
  }

  private static IterationPlan sleeps(ServingState state) {
    try {
      Thread.sleep(100_000);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return IterationPlan.IDLE;
  }
}
