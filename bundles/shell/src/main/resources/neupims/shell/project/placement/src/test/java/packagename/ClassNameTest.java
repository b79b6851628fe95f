// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.KvPlacement;
import neupims.testkit.KvPlacementContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends KvPlacementContract {
  @Override
  protected KvPlacement placement() {
    return new ClassName();
  }
}
