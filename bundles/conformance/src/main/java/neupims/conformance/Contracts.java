// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.Interconnect;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;
import neupims.api.run.DeviceModel;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.conformance.compile.CompilerProperties;
import neupims.conformance.hw.DeviceProperties;
import neupims.conformance.hw.InterconnectProperties;
import neupims.conformance.hw.MemoryProperties;
import neupims.conformance.hw.NpuProperties;
import neupims.conformance.hw.SampleMemories;
import neupims.conformance.hw.SampleNpus;
import neupims.conformance.schedule.EstimatorProperties;
import neupims.conformance.schedule.PlacementProperties;
import neupims.conformance.schedule.RouterProperties;
import neupims.conformance.schedule.SchedulerProperties;
import neupims.conformance.schedule.SplitProperties;
import neupims.conformance.workload.DrawnLengthsProperties;
import neupims.conformance.workload.SourceProperties;

/** The properties of each kind of plug-in. */
public final class Contracts {
  private Contracts() {}

  /**
   * Of batch schedulers.
   *
   * @param parameters what differs from the defaults of the scheduler's parameters
   */
  public static List<Property<BatchScheduler>> scheduler(Map<String, Object> parameters) {
    return new SchedulerProperties(parameters).all();
  }

  /** Of placement policies. */
  public static List<Property<KvPlacement>> placement() {
    return PlacementProperties.all();
  }

  /** Of sub-batch policies. */
  public static List<Property<SubBatchPolicy>> split() {
    return SplitProperties.all();
  }

  /** Of routers. */
  public static List<Property<Router>> router() {
    return RouterProperties.all();
  }

  /** Of estimators. */
  public static List<Property<GemvEstimator>> estimator() {
    return EstimatorProperties.all();
  }

  /** Of compilers. */
  public static List<Property<ProgramCompiler>> compiler() {
    return CompilerProperties.all();
  }

  /**
   * Of request sources.
   *
   * @param parameters a value for each parameter that has neither default nor leave to be missing
   */
  public static List<Property<RequestSource>> source(Parameters parameters) {
    return new SourceProperties(parameters).all();
  }

  /** Of request sources that draw lengths from a dataset. */
  public static List<Property<RequestSource>> drawnLengths(Parameters parameters) {
    return new DrawnLengthsProperties(parameters).all();
  }

  /**
   * Of NPU models, tried on sample NPUs and more.
   *
   * @param more NPUs of the model with all its parameters
   */
  public static List<Property<NpuModel>> npu(List<NpuSpec> more) {
    Function<NpuModel, List<NpuSpec>> specs = model -> both(SampleNpus.all(model), more);
    return new NpuProperties(specs).all();
  }

  /**
   * Of memory models, tried on sample memories and more.
   *
   * @param more memories of the model
   */
  public static List<Property<MemoryModel>> memory(List<MemorySpec> more) {
    return new MemoryProperties(both(SampleMemories.all(), more)).all();
  }

  /** Of device models, tried on these devices, or on a sample where there are none. */
  public static List<Property<DeviceModel>> device(List<AcceleratorSpec> devices) {
    return new DeviceProperties(
            model -> devices.isEmpty() ? List.of(DeviceProperties.sample(model)) : devices)
        .all();
  }

  /** Of interconnects. */
  public static List<Property<Interconnect>> interconnect() {
    return InterconnectProperties.all();
  }

  private static <S> List<S> both(List<S> samples, List<S> more) {
    return Stream.concat(samples.stream(), more.stream()).toList();
  }
}
