// SPDX-License-Identifier: Apache-2.0
package neupims.batch.vllm;

import java.util.Map;
import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class SwappingVllmBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new VllmBatch();
  }

  @Override
  protected Map<String, Object> parameters() {
    return Map.of("swap", true, "watermarkPercent", 5L);
  }
}
