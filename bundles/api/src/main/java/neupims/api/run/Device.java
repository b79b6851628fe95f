// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;

/**
 * An NPU and a memory on one clock, each with the model that simulates it.
 *
 * @param npu the NPU
 * @param npuModel simulates the NPU
 * @param memory the memory
 * @param memoryModel simulates the memory
 * @param options how they are put together
 */
public record Device(
    NpuSpec npu,
    NpuModel npuModel,
    MemorySpec memory,
    MemoryModel memoryModel,
    DeviceOptions options) {

  /** What a compiler may count on. */
  public DeviceCapabilities capabilities() {
    return new DeviceCapabilities(
        true, memoryModel.capabilities(memory), memory.organization().channels());
  }
}
