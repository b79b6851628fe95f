// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.InterconnectSpec;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;

/**
 * A system: hardware and policies by name.
 *
 * @param name name in the catalog
 * @param npu the NPU; of an accelerator what its compute units come to
 * @param memory the memory; of an accelerator what its memory comes to
 * @param device how the two are put together
 * @param accelerator the whole device that takes the place of NPU and memory, if there is one
 * @param interconnect what connects the devices that share a model
 * @param compiler name of the program compiler
 * @param scheduler name of the batch scheduler
 * @param placement name of the placement policy
 * @param split name of the sub-batch policy
 * @param estimator name of the GEMV estimator
 * @param parameters values of the policies' parameters
 * @param checkTiming whether every command of the memory is checked against its timing and its
 *     banks' states; a violation ends a simulation with an {@link IllegalStateException} that names
 *     both commands
 */
public record SystemSpec(
    String name,
    NpuSpec npu,
    MemorySpec memory,
    DeviceOptions device,
    Optional<AcceleratorSpec> accelerator,
    InterconnectSpec interconnect,
    String compiler,
    String scheduler,
    String placement,
    String split,
    String estimator,
    PolicyParameters parameters,
    boolean checkTiming) {

  /** An NPU and a memory, and devices that exchange data in no time. */
  public SystemSpec(
      String name,
      NpuSpec npu,
      MemorySpec memory,
      DeviceOptions device,
      String compiler,
      String scheduler,
      String placement,
      String split,
      String estimator,
      PolicyParameters parameters,
      boolean checkTiming) {
    this(
        name,
        npu,
        memory,
        device,
        Optional.empty(),
        InterconnectSpec.none(),
        compiler,
        scheduler,
        placement,
        split,
        estimator,
        parameters,
        checkTiming);
  }

  /** Peak bandwidth of a device's memory in bytes per memory cycle. */
  public double peakBytesPerCycle() {
    return accelerator.map(AcceleratorSpec::peakBytesPerCycle).orElseGet(memory::peakBytesPerCycle);
  }
}
