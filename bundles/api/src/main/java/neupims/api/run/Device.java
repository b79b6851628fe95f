// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;

/**
 * An NPU and a memory on one clock, each with the model that simulates it, or a whole device.
 *
 * @param npu the NPU
 * @param npuModel simulates the NPU
 * @param memory the memory
 * @param memoryModel simulates the memory
 * @param options how they are put together
 * @param accelerator the whole device, which NPU and memory then only stand for; empty when they
 *     are what there is
 */
public record Device(
    NpuSpec npu,
    NpuModel npuModel,
    MemorySpec memory,
    MemoryModel memoryModel,
    DeviceOptions options,
    Optional<Accelerator> accelerator) {

  /** An NPU and a memory. */
  public Device(
      NpuSpec npu,
      NpuModel npuModel,
      MemorySpec memory,
      MemoryModel memoryModel,
      DeviceOptions options) {
    this(npu, npuModel, memory, memoryModel, options, Optional.empty());
  }

  /** What a compiler may count on. */
  public DeviceCapabilities capabilities() {
    return new DeviceCapabilities(
        true, memoryModel.capabilities(memory), memory.organization().channels());
  }
}
