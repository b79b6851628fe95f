// SPDX-License-Identifier: Apache-2.0
package neupims.batch.staticbatch;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class StaticBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new StaticBatch();
  }
}
