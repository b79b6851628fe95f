// SPDX-License-Identifier: Apache-2.0
package neupims.hbm2;

import neupims.api.hw.MemoryModel;
import neupims.testkit.MemoryModelContract;

final class Hbm2MemoryContractTest extends MemoryModelContract {
  @Override
  protected MemoryModel model() {
    return new Hbm2Memory();
  }
}
