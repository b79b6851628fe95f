// SPDX-License-Identifier: Apache-2.0
package neupims.pim.newton;

import neupims.api.hw.MemoryModel;
import neupims.testkit.MemoryModelContract;

final class NewtonPimContractTest extends MemoryModelContract {
  @Override
  protected MemoryModel model() {
    return new NewtonPim();
  }
}
