// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuModel;
import neupims.testkit.NpuModelContract;

final class SystolicNpuContractTest extends NpuModelContract {
  @Override
  protected NpuModel model() {
    return new SystolicNpu();
  }
}
