// SPDX-License-Identifier: Apache-2.0
package neupims.pim.neupims;

import neupims.api.hw.MemoryModel;
import neupims.testkit.MemoryModelContract;

final class NeupimsPimContractTest extends MemoryModelContract {
  @Override
  protected MemoryModel model() {
    return new NeupimsPim();
  }
}
