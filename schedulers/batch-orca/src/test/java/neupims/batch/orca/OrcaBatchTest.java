// SPDX-License-Identifier: Apache-2.0
package neupims.batch.orca;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class OrcaBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new OrcaBatch();
  }

  private String plan(ServingStates state) {
    return text(state.plan(scheduler()));
  }

  @Test
  void whoeverWaitsTakesAFreePlaceAtEveryIteration() {
    ServingStates state =
        new ServingStates().batch(2).decodes(1, 0, 4, 2).waits(2, 4, 4).waits(3, 4, 4);
    assertEquals("+2:7 1x1 2x4", plan(state.with("reserveOwnLength", true)));
  }

  @Test
  void theLongestSequenceIsReservedAndNobodyOvertakes() {
    // 8 blocks are left: not the 16 of a whole sequence; request 3 would fit and waits behind 2.
    ServingStates state = new ServingStates().free(8).decodes(1, 0, 4, 2).waits(2, 60, 4);
    assertEquals("1x1", plan(state.waits(3, 1, 1).with("reserveOwnLength", true)));
    assertEquals("1x1", plan(new ServingStates().free(8).decodes(1, 0, 4, 2).waits(3, 1, 1)));
  }

  @Test
  void promptsAndDecodesShareTheBudget() {
    ServingStates state =
        new ServingStates().budget(9).with("reserveOwnLength", true).decodes(1, 0, 4, 2);
    assertEquals("+2:11 1x1 2x8", plan(state.waits(2, 8, 4).waits(3, 8, 4)));
  }
}
