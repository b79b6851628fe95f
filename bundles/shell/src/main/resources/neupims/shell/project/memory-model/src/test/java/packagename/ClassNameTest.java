// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.hw.MemoryModel;
import neupims.testkit.MemoryModelContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends MemoryModelContract {
  @Override
  protected MemoryModel model() {
    return new ClassName();
  }
}
