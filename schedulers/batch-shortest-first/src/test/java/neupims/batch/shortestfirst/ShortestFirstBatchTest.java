// SPDX-License-Identifier: Apache-2.0
package neupims.batch.shortestfirst;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class ShortestFirstBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new ShortestFirstBatch();
  }
}
