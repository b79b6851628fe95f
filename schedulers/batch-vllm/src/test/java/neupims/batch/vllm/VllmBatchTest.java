// SPDX-License-Identifier: Apache-2.0
package neupims.batch.vllm;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class VllmBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new VllmBatch();
  }
}
