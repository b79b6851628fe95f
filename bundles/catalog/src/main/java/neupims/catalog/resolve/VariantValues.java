// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.Optional;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.InterconnectSpec;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import neupims.api.model.DecoderModel;
import neupims.api.run.KvSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.WindowSpec;
import neupims.api.unit.Parameters;

/**
 * The keys of a resolved variant, in the order in which they are written.
 *
 * @param system name or file of the system
 * @param model the decoder model
 * @param tp tensor-parallel degree
 * @param pp pipeline-parallel degree
 * @param npu the NPU, empty when there is an accelerator
 * @param memory the memory, empty when there is an accelerator
 * @param device how the two are put together
 * @param accelerator the whole device that takes their place
 * @param interconnect what connects the devices that share a model
 * @param compiler name of the program compiler
 * @param scheduler name of the batch scheduler
 * @param schedulerParameters its parameters
 * @param placement name of the placement policy
 * @param placementParameters its parameters
 * @param split name of the sub-batch policy
 * @param splitParameters its parameters
 * @param estimator name of the GEMV estimator
 * @param workload where requests come from
 * @param replicas how many times the system is there
 * @param router name of the router
 * @param routerParameters its parameters
 * @param batch most requests in service
 * @param tokenBudget most tokens that an iteration works on
 * @param prefill where prompts are worked on
 * @param prefillPool the devices that do it, if others
 * @param kv the KV cache
 * @param slo what a request is promised
 * @param seed of every random choice
 * @param checkTiming whether every memory command is checked
 * @param measure what is measured
 * @param fidelity how closely the device is simulated
 * @param fallback policies for when one is gone or fails
 * @param limits wall time
 */
public record VariantValues(
    String system,
    DecoderModel model,
    int tp,
    int pp,
    Optional<NpuSpec> npu,
    Optional<MemorySpec> memory,
    Optional<DeviceOptions> device,
    Optional<AcceleratorSpec> accelerator,
    InterconnectSpec interconnect,
    String compiler,
    String scheduler,
    Parameters schedulerParameters,
    String placement,
    Parameters placementParameters,
    String split,
    Parameters splitParameters,
    String estimator,
    WorkloadValues workload,
    int replicas,
    String router,
    Parameters routerParameters,
    int batch,
    int tokenBudget,
    String prefill,
    PrefillPool prefillPool,
    KvSpec kv,
    SloSpec slo,
    long seed,
    boolean checkTiming,
    Measure measure,
    String fidelity,
    Optional<Fallback> fallback,
    Limits limits) {

  /** The keys of {@code fallback}: names of policies, each of which may be left out. */
  public record Fallback(
      Optional<String> scheduler,
      Optional<String> placement,
      Optional<String> split,
      Optional<String> estimator,
      Optional<String> compiler,
      Optional<String> router) {}

  /** The keys of {@code limits}, see {@link neupims.api.run.LiveSpec}. */
  public record Limits(double pluginWaitSeconds, double policySeconds) {}

  /** The keys of {@code prefillPool}, see {@link neupims.api.run.PrefillSpec}. */
  public record PrefillPool(
      int groups,
      boolean shared,
      String routing,
      double linkBytesPerSecond,
      double linkLatencySeconds) {}

  /** The keys of {@code measure}, see {@link neupims.api.run.MeasureSpec}. */
  public record Measure(
      String mode, long warmupIterations, int snapshots, long everyIterations, WindowSpec window) {}

  /** The keys of a memory alone. */
  public record OfMemory(MemorySpec memory, boolean checkTiming) {}

  /** The keys of an NPU alone. */
  public record OfNpu(NpuSpec npu) {}
}
