// SPDX-License-Identifier: Apache-2.0
package neupims.batch.sarathi;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class SarathiBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new SarathiBatch();
  }

  private String plan(ServingStates state) {
    return text(state.plan(scheduler()));
  }

  @Test
  void decodesComeFirstThenBegunPromptsThenNewOnesInChunks() {
    ServingStates state =
        new ServingStates()
            .chunks()
            .with("tokenBudget", 10L)
            .prefills(1, 0, 12, 8)
            .decodes(2, 0, 4, 2)
            .waits(3, 16, 4)
            .waits(4, 4, 4);
    // 1 for the decode, the 4 that are left of request 1, 5 of request 3.
    assertEquals("+3:16 2x1 1x4 3x5", plan(state));
  }

  @Test
  void withoutChunksPromptsAreWhole() {
    ServingStates state =
        new ServingStates().budget(20).with("tokenBudget", 10L).decodes(2, 0, 4, 2).waits(3, 16, 4);
    assertEquals("+3:16 2x1 3x16", plan(state));
    assertEquals("2x1", plan(state.budget(16)));
  }
}
