// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.Interconnect;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.NpuModel;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.workload.RequestSource;

/**
 * The kinds of plug-ins: the word that users type and the interface that authors implement.
 *
 * @param word as in lists, results and error messages
 * @param type the service interface
 */
public record PluginKind<T>(String word, Class<T> type) {
  public static final PluginKind<BatchScheduler> SCHEDULER =
      new PluginKind<>("scheduler", BatchScheduler.class);
  public static final PluginKind<KvPlacement> PLACEMENT =
      new PluginKind<>("placement", KvPlacement.class);
  public static final PluginKind<SubBatchPolicy> SPLIT =
      new PluginKind<>("split", SubBatchPolicy.class);
  public static final PluginKind<GemvEstimator> ESTIMATOR =
      new PluginKind<>("estimator", GemvEstimator.class);
  public static final PluginKind<ProgramCompiler> COMPILER =
      new PluginKind<>("compiler", ProgramCompiler.class);
  public static final PluginKind<NpuModel> NPU_MODEL =
      new PluginKind<>("npu-model", NpuModel.class);
  public static final PluginKind<MemoryModel> MEMORY_MODEL =
      new PluginKind<>("memory-model", MemoryModel.class);
  public static final PluginKind<DeviceModel> DEVICE_MODEL =
      new PluginKind<>("device-model", DeviceModel.class);
  public static final PluginKind<Interconnect> INTERCONNECT =
      new PluginKind<>("interconnect", Interconnect.class);
  public static final PluginKind<RequestSource> REQUEST_SOURCE =
      new PluginKind<>("request-source", RequestSource.class);
  public static final PluginKind<Router> ROUTER = new PluginKind<>("router", Router.class);
  public static final PluginKind<ReportWriter> REPORT =
      new PluginKind<>("report", ReportWriter.class);

  /** Kinds that can be swapped while a run is under way, in the order of lists. */
  public static List<PluginKind<?>> live() {
    return List.of(SCHEDULER, PLACEMENT, SPLIT, ESTIMATOR, COMPILER, ROUTER);
  }

  /** Kinds that a run keeps from its beginning to its end, in the order of lists. */
  public static List<PluginKind<?>> bound() {
    return List.of(NPU_MODEL, MEMORY_MODEL, DEVICE_MODEL, INTERCONNECT, REQUEST_SOURCE);
  }

  /** All kinds, in the order of lists. */
  public static List<PluginKind<?>> all() {
    return List.of(
        SCHEDULER,
        PLACEMENT,
        SPLIT,
        ESTIMATOR,
        COMPILER,
        NPU_MODEL,
        MEMORY_MODEL,
        DEVICE_MODEL,
        INTERCONNECT,
        REQUEST_SOURCE,
        ROUTER,
        REPORT);
  }
}
