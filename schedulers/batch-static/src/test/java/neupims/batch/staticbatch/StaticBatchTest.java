// SPDX-License-Identifier: Apache-2.0
package neupims.batch.staticbatch;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class StaticBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new StaticBatch();
  }

  private String plan(ServingStates state) {
    return text(state.plan(scheduler()));
  }

  @Test
  void nobodyEntersBeforeTheLastOfTheBatchIsDone() {
    ServingStates one = new ServingStates().decodes(1, 0, 4, 2).waitsToDecode(2, 4, 4);
    assertEquals("1x1", plan(one));
  }

  @Test
  void theNextBatchIsOfThoseWhoWaitLongestAndReservesTheLongestSequence() {
    ServingStates two = new ServingStates().waits(1, 8, 4).waits(2, 4, 4);
    // A sequence of 64 takes 16 of 20 blocks.
    assertEquals("+1:64 1x8", plan(two));
    assertEquals("+1:11 +2:7 1x8 2x4", plan(two.with("reserveOwnLength", true)));
  }
}
