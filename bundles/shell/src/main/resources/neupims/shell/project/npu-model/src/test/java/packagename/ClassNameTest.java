// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.hw.NpuModel;
import neupims.testkit.NpuModelContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends NpuModelContract {
  @Override
  protected NpuModel model() {
    return new ClassName();
  }
}
