// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import neupims.api.hw.DeviceOptions;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import neupims.api.model.DecoderModel;
import neupims.api.run.MeasureSpec;

/**
 * The keys of a resolved variant, in the order in which they are written.
 *
 * @param system name or file of the system
 * @param model the decoder model
 * @param tp tensor-parallel degree
 * @param pp pipeline-parallel degree
 * @param npu the NPU
 * @param memory the memory
 * @param device how the two are put together
 * @param compiler name of the program compiler
 * @param scheduler name of the batch scheduler
 * @param placement name of the placement policy
 * @param split name of the sub-batch policy
 * @param estimator name of the GEMV estimator
 * @param workload where requests come from
 * @param batch most requests in service
 * @param seed of every random choice
 * @param measure which iterations are simulated on the device
 */
public record VariantValues(
    String system,
    DecoderModel model,
    int tp,
    int pp,
    NpuSpec npu,
    MemorySpec memory,
    DeviceOptions device,
    String compiler,
    String scheduler,
    String placement,
    String split,
    String estimator,
    WorkloadValues workload,
    int batch,
    long seed,
    MeasureSpec measure) {

  /** The keys of a memory alone. */
  public record MemoryAlone(MemorySpec memory) {}

  /** The keys of an NPU alone. */
  public record NpuAlone(NpuSpec npu) {}
}
