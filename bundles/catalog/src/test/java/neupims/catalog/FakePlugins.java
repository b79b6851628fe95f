// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.run.DeviceModel;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;

/**
 * The names of the plug-ins of the distribution, and an NPU model with parameters of its own and of
 * the systolic one's.
 */
final class FakePlugins implements Plugins {
  private static final Map<PluginKind<?>, Set<String>> NAMES =
      Map.ofEntries(
          Map.entry(
              PluginKind.SCHEDULER, Set.of("static", "orca", "vllm", "sarathi", "shortest-first")),
          Map.entry(PluginKind.PLACEMENT, Set.of("round-robin", "min-load", "least-kv", "random")),
          Map.entry(PluginKind.SPLIT, Set.of("none", "halves", "balanced", "ratio", "auto")),
          Map.entry(PluginKind.ESTIMATOR, Set.of("neupims")),
          Map.entry(PluginKind.COMPILER, Set.of("npu-only", "offload", "interleaved")),
          Map.entry(PluginKind.NPU_MODEL, Set.of("systolic")),
          Map.entry(PluginKind.MEMORY_MODEL, Set.of("hbm2", "pim-newton", "pim-neupims")),
          Map.entry(PluginKind.DEVICE_MODEL, Set.of("gpu-roofline")),
          Map.entry(PluginKind.INTERCONNECT, Set.of("none", "ring")),
          Map.entry(PluginKind.ROUTER, Set.of("round-robin", "least-loaded")),
          Map.entry(PluginKind.REQUEST_SOURCE, Set.of("all-at-once", "rated", "filed")));

  @Override
  public List<PluginInfo> list() {
    return List.of(new PluginInfo("scheduler", "orca", "bundle", "1.0.0", ""));
  }

  @Override
  public String content(PluginInfo plugin) {
    return "aaaa";
  }

  @Override
  public List<String> engine() {
    return List.of("engine (1.0.0, content 1234)");
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    if (!NAMES.get(kind).contains(name)) {
      throw new InputException(
          "unknown " + kind.word() + " \"" + name + "\"" + NearestName.hint(name, NAMES.get(kind)));
    }
    Object fake =
        kind == PluginKind.NPU_MODEL
            ? new ManyParameters()
            : kind == PluginKind.REQUEST_SOURCE
                ? new FakeSource(name)
                : kind == PluginKind.DEVICE_MODEL ? new FakeGpu() : null;
    T service = kind.type().cast(fake);
    return new Plugin<>(new PluginInfo(kind.word(), name, "fake", "1.0.0", ""), service);
  }

  @Override
  public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
    return NAMES.get(kind).contains(name) && version.orElse("1.0.0").equals("1.0.0")
        ? Optional.of(select(kind, name))
        : Optional.empty();
  }

  @Override
  public long changes() {
    return 0;
  }

  /** Sources of both sorts: one draws lengths at a rate, the other reads a file. */
  record FakeSource(String name) implements RequestSource {
    @Override
    public List<ParameterSpec> parameters() {
      return switch (name) {
        case "rated" -> List.of(ParameterSpec.real("rate", 0.001, 1e6, "requests a second"));
        case "filed" ->
            List.of(
                ParameterSpec.file("file", "a trace"),
                ParameterSpec.real("speedup", 0.001, 1000, "").orElse(1),
                ParameterSpec.real("rate", 0.001, 1e6, "requests a second").optional(),
                ParameterSpec.flag("lenient", false, "skip bad lines"));
        default -> List.of();
      };
    }

    @Override
    public boolean drawsLengths() {
      return !name.equals("filed");
    }

    @Override
    public RequestStream open(WorkloadSpec spec) {
      throw new UnsupportedOperationException();
    }
  }

  /** The parameters of the roofline. */
  static final class FakeGpu implements DeviceModel {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          ParameterSpec.real("computeShare", 0.01, 1, "share of the peak"),
          ParameterSpec.real("bandwidthShare", 0.01, 1, "share of the bandwidth"),
          ParameterSpec.real("kernelNanos", 0, 1e6, "nanoseconds"));
    }

    @Override
    public DeviceReport simulate(AcceleratorSpec spec, Program program) {
      throw new UnsupportedOperationException();
    }
  }

  /** Declares parameters and plans nothing. */
  static final class ManyParameters implements NpuModel {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(
          ParameterSpec.integer("preloadCycles", 128, 0, 1000, "cycles of a preload"),
          ParameterSpec.flag("drain", false, "whether each GEMM drains the array"),
          ParameterSpec.integer("loadsPerCycle", 0, 0, 1000, "loads a cycle"),
          ParameterSpec.flag("exposedPreload", false, ""),
          ParameterSpec.flag("drainedAttention", false, ""),
          ParameterSpec.flag("lateStepsStartInPast", false, ""),
          ParameterSpec.flag("vectorSizeLost", false, ""),
          ParameterSpec.flag("softmaxCountsBytes", false, ""),
          ParameterSpec.flag("vectorUnitsNeverBusy", false, ""),
          ParameterSpec.flag("biasLoads", false, ""),
          ParameterSpec.flag("resultIndicesSwapped", false, ""),
          ParameterSpec.integer("lastScoresPerCycle", 0, 0, 1 << 10, ""));
    }

    @Override
    public NpuPlan plan(NpuSpec spec, Kernel kernel) {
      throw new UnsupportedOperationException();
    }
  }
}
