// SPDX-License-Identifier: Apache-2.0
package neupims.batch.shortestfirst;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class ShortestFirstBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new ShortestFirstBatch();
  }

  private String plan(ServingStates state) {
    return text(state.plan(scheduler()));
  }

  @Test
  void theFewestOutputTokensEnterFirst() {
    ServingStates state =
        new ServingStates()
            .batch(3)
            .decodes(9, 0, 4, 2)
            .waits(1, 4, 30)
            .waits(2, 8, 3)
            .waits(3, 4, 5);
    assertEquals("+2:8 +3:4 9x1 2x8 3x4", plan(state));
  }

  @Test
  void aPredictorThatErrsChangesTheOrderAndIsTheSameEveryTime() {
    int changed = 0;
    for (int from = 0; from < 100; from += 10) {
      ServingStates known = new ServingStates().batch(10);
      ServingStates predicted = new ServingStates().batch(10).with("errorPercent", 100L);
      for (int id = from; id < from + 10; id++) {
        known.waits(id, 4, 10 + id);
        predicted.waits(id, 4, 10 + id);
      }
      assertEquals(plan(predicted), plan(predicted));
      changed += plan(predicted).equals(plan(known)) ? 0 : 1;
    }
    assertEquals(10, changed);
  }
}
