// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.program.Kernel;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.api.unit.ParameterSpec;

/**
 * The names of the plug-ins of the distribution, and an NPU model with parameters of its own and of
 * the systolic one's.
 */
final class FakePlugins implements Plugins {
  private static final Map<PluginKind<?>, Set<String>> NAMES =
      Map.of(
          PluginKind.SCHEDULER, Set.of("full", "fixed"),
          PluginKind.PLACEMENT, Set.of("round-robin", "min-load"),
          PluginKind.SPLIT, Set.of("none", "halves"),
          PluginKind.ESTIMATOR, Set.of("neupims"),
          PluginKind.COMPILER, Set.of("npu-only", "offload", "interleaved"),
          PluginKind.NPU_MODEL, Set.of("systolic"),
          PluginKind.MEMORY_MODEL, Set.of("hbm2", "pim-newton", "pim-neupims"),
          PluginKind.REQUEST_SOURCE, Set.of("all-at-once"));

  @Override
  public List<PluginInfo> list() {
    return List.of();
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    if (!NAMES.get(kind).contains(name)) {
      throw new InputException(
          "unknown " + kind.word() + " \"" + name + "\"" + NearestName.hint(name, NAMES.get(kind)));
    }
    T service = kind == PluginKind.NPU_MODEL ? kind.type().cast(new ManyParameters()) : null;
    return new Plugin<>(new PluginInfo(kind.word(), name, "fake", "1.0.0", ""), service);
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
          ParameterSpec.flag("vectorUnitsNeverBusy", false, ""));
    }

    @Override
    public NpuPlan plan(NpuSpec spec, Kernel kernel) {
      throw new UnsupportedOperationException();
    }
  }
}
