// SPDX-License-Identifier: Apache-2.0
package narrow;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class NarrowSchedulerTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new NarrowScheduler();
  }

  /** Two places, one of them taken: 2 enters with its prompt of 4, 3 waits. */
  @Test
  void noMoreThanAtOnceAreInService() {
    ServingStates state =
        new ServingStates().with("atOnce", 2L).decodes(1, 0, 4, 2).waits(2, 4, 4).waits(3, 4, 4);
    assertEquals("+2:4 1x1 2x4", text(state.plan(scheduler())));
  }
}
