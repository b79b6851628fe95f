// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.SubBatchPolicy;
import neupims.testkit.SubBatchPolicyContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new ClassName();
  }
}
