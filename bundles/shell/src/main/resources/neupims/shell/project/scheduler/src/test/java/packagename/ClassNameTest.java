// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.BatchScheduler;
import neupims.testkit.BatchSchedulerContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new ClassName();
  }
}
