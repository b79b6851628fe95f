// SPDX-License-Identifier: Apache-2.0
package neupims.batch.vllm;

import static neupims.testkit.ServingStates.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;
import neupims.testkit.ServingStates;
import org.junit.jupiter.api.Test;

final class VllmBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new VllmBatch();
  }

  private String plan(ServingStates state) {
    return text(state.plan(scheduler()));
  }

  @Test
  void newPromptsGoAloneAndDecodesWait() {
    ServingStates state = new ServingStates().decodes(1, 0, 4, 2).waits(2, 8, 4).waits(3, 4, 4);
    assertEquals("+2:8 +3:4 2x8 3x4", plan(state));
  }

  @Test
  void admissionLeavesTheWatermarkFree() {
    // 5 blocks are free; the prompt takes 4, the watermark of 10 % is 2.
    ServingStates state = new ServingStates().free(5).decodes(1, 0, 5, 2).waits(2, 16, 4);
    assertEquals("1x1", plan(state.with("watermarkPercent", 10L)));
    assertEquals("+2:16 2x16", plan(state.with("watermarkPercent", 5L)));
  }

  @Test
  void theLatestArrivalOfAFullChannelIsPutBack() {
    // Requests 1 and 3 need a block more each; channel 0 has none, channel 1 has. 2 arrived last in
    // 0.
    ServingStates state =
        new ServingStates()
            .free(0, 5)
            .decodes(2, 0, 6, 2)
            .decodes(1, 0, 4, 1)
            .decodes(3, 1, 4, 1)
            .waitsToDecode(4, 4, 4);
    assertEquals("-2 1x1 3x1", plan(state));
    assertEquals("~2 1x1 3x1", plan(state.with("swap", true)));
  }

  @Test
  void whileSomebodyIsSwappedOutNobodyNewEnters() {
    ServingStates state =
        new ServingStates().decodes(1, 0, 4, 2).waits(2, 4, 4).swappedOut(3, 8, 3);
    assertEquals("+3:11 1x1 3x1", plan(state));
  }
}
