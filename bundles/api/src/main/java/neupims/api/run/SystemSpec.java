// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.DeviceOptions;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;

/**
 * A system: hardware and policies by name.
 *
 * @param name name in the catalog
 * @param npu the NPU
 * @param memory the memory
 * @param device how the two are put together
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
    String compiler,
    String scheduler,
    String placement,
    String split,
    String estimator,
    PolicyParameters parameters,
    boolean checkTiming) {}
