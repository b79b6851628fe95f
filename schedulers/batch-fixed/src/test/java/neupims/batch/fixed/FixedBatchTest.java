// SPDX-License-Identifier: Apache-2.0
package neupims.batch.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.workload.Request;
import neupims.testkit.BatchSchedulerContract;
import org.junit.jupiter.api.Test;

final class FixedBatchTest extends BatchSchedulerContract {
  private static final List<Request> WAITING =
      List.of(new Request(0, 0, 10, 5), new Request(1, 0, 20, 5), new Request(2, 0, 30, 5));

  @Override
  protected BatchScheduler scheduler() {
    return new FixedBatch();
  }

  @Test
  void iterationZeroTakesInWhatWaitsUpToTheLargestBatch() {
    assertEquals(new IterationPlan(List.of(0L, 1L), List.of()), plan(0, List.of(), 2));
    assertEquals(new IterationPlan(List.of(0L, 1L, 2L), List.of()), plan(0, List.of(), 8));
  }

  @Test
  void everyLaterPlanIsEmptyWhoeverIsThere() {
    List<RunningRequest> running = List.of(new RunningRequest(new Request(9, 0, 5, 5), 0, 1));
    assertEquals(new IterationPlan(List.of(), List.of()), plan(1, running, 8));
  }

  private IterationPlan plan(long iteration, List<RunningRequest> running, int maxBatch) {
    return scheduler().plan(new ServingState(iteration, 0, WAITING, running, maxBatch));
  }
}
