// SPDX-License-Identifier: Apache-2.0
package neupims.batch.orca;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

final class OrcaBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new OrcaBatch();
  }
}
