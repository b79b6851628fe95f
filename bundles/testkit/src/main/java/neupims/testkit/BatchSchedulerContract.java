// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.workload.Request;
import org.junit.jupiter.api.Test;

/** What every {@link BatchScheduler} must do. */
public abstract class BatchSchedulerContract {
  private static final int CASES = 200;

  /** The scheduler under test, a new one at each call. */
  protected abstract BatchScheduler scheduler();

  /** Only who waits is admitted, only who is in service runs, nobody twice. */
  @Test
  public void thePlanNamesOnlyRequestsThatAreThereAndEachOnce() {
    for (int seed = 0; seed < CASES; seed++) {
      ServingState state = state(seed);
      IterationPlan plan = scheduler().plan(state);
      String message = "case " + seed;
      assertDistinct(plan.admit(), message);
      assertDistinct(plan.run(), message);
      assertTrue(waitingIds(state).containsAll(plan.admit()), message);
      assertTrue(runningIds(state).containsAll(plan.run()), message);
    }
  }

  /** Admission stops where the batch is full. */
  @Test
  public void noMoreAreInServiceThanTheBatchHolds() {
    for (int seed = 0; seed < CASES; seed++) {
      ServingState state = state(seed);
      int admitted = scheduler().plan(state).admit().size();
      assertTrue(
          admitted == 0 || state.running().size() + admitted <= state.maxBatch(), "case " + seed);
    }
  }

  /** A run does not end before it began. */
  @Test
  public void theFirstIterationIsNotEmptyWhenRequestsWait() {
    List<Request> waiting = List.of(new Request(0, 0, 10, 5), new Request(1, 0, 20, 3));
    IterationPlan plan = scheduler().plan(new ServingState(0, 0, waiting, List.of(), 8));
    assertFalse(plan.admit().isEmpty());
  }

  /** Nobody there: nothing to do. */
  @Test
  public void nobodyThereGivesAnEmptyPlan() {
    IterationPlan plan = scheduler().plan(new ServingState(3, 9, List.of(), List.of(), 8));
    assertEquals(new IterationPlan(List.of(), List.of()), plan);
  }

  /** The answer depends on the argument alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameStateGetsTheSamePlan() {
    BatchScheduler used = scheduler();
    for (int seed = 0; seed < CASES; seed++) {
      IterationPlan first = used.plan(state(seed));
      used.plan(state(seed + 1));
      assertEquals(first, used.plan(state(seed)), "case " + seed);
      assertEquals(first, scheduler().plan(state(seed)), "case " + seed);
    }
  }

  private static ServingState state(int seed) {
    Random random = new Random(seed);
    int maxBatch = Cases.between(random, 1, 64);
    List<RunningRequest> running = new ArrayList<>();
    List<Request> waiting = new ArrayList<>();
    long id = 0;
    for (int left = random.nextInt(maxBatch + 1); left > 0; left--) {
      Request request = request(random, id++);
      int generated = random.nextInt(request.outputTokens());
      running.add(new RunningRequest(request, random.nextInt(32), generated));
    }
    for (int left = random.nextInt(2 * maxBatch); left > 0; left--) {
      waiting.add(request(random, id++));
    }
    long iteration = seed % 3 == 0 ? 0 : random.nextInt(1000);
    return new ServingState(iteration, iteration * 1000, waiting, running, maxBatch);
  }

  private static Request request(Random random, long id) {
    return new Request(id, 0, Cases.between(random, 1, 1000), Cases.between(random, 1, 1000));
  }

  private static Set<Long> waitingIds(ServingState state) {
    Set<Long> ids = new HashSet<>();
    state.waiting().forEach(request -> ids.add(request.id()));
    return ids;
  }

  private static Set<Long> runningIds(ServingState state) {
    Set<Long> ids = new HashSet<>();
    state.running().forEach(running -> ids.add(running.request().id()));
    return ids;
  }

  private static void assertDistinct(List<Long> ids, String message) {
    assertEquals(ids.size(), new HashSet<>(ids).size(), message);
  }
}
