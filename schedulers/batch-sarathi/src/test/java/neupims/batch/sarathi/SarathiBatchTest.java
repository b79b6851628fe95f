// SPDX-License-Identifier: Apache-2.0
package neupims.batch.sarathi;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class SarathiBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new SarathiBatch();
  }
}
