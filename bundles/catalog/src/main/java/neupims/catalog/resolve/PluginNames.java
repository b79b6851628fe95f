// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/** Checks that the plug-ins that values name are there, and asks them what they want to know. */
final class PluginNames {
  /** Key path of an NPU's model. */
  static final String NPU_MODEL = "npu.model";

  /** Key path of an accelerator's model. */
  static final String DEVICE_MODEL = "accelerator.model";

  /** Key path of the request source. */
  static final String SOURCE = "workload.source";

  private static final ParameterSpec DATASET =
      ParameterSpec.text("dataset", "name of a dataset or path of a dataset file");

  private static final Map<String, PluginKind<?>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(NPU_MODEL, PluginKind.NPU_MODEL);
    KINDS.put("memory.model", PluginKind.MEMORY_MODEL);
    KINDS.put(DEVICE_MODEL, PluginKind.DEVICE_MODEL);
    KINDS.put("interconnect.model", PluginKind.INTERCONNECT);
    KINDS.put("compiler", PluginKind.COMPILER);
    KINDS.put("scheduler", PluginKind.SCHEDULER);
    KINDS.put("placement", PluginKind.PLACEMENT);
    KINDS.put("split", PluginKind.SPLIT);
    KINDS.put("router", PluginKind.ROUTER);
    KINDS.put("estimator", PluginKind.ESTIMATOR);
    KINDS.put(SOURCE, PluginKind.REQUEST_SOURCE);
    PluginKind.live().forEach(kind -> KINDS.put("fallback." + kind.word(), kind));
  }

  /** Key paths of the policies that may have parameters. */
  static final List<String> POLICIES = List.of("scheduler", "placement", "split", "router");

  private final Plugins plugins;

  PluginNames(Plugins plugins) {
    this.plugins = plugins;
  }

  /**
   * Checks every name among the values.
   *
   * @throws InputException for the first that no plug-in has
   */
  void check(Values values) {
    KINDS.forEach((path, kind) -> values.get(path).ifPresent(leaf -> select(kind, leaf)));
  }

  /**
   * Makes sure that a plug-in is there.
   *
   * @param version leaf of the version that it must have, or null
   * @throws InputException otherwise
   */
  void require(PluginKind<?> kind, Leaf name, Leaf version) {
    PluginInfo there = plugin(kind, name).info();
    if (version != null && plugins.find(kind, name.text(), Optional.of(version.text())).isEmpty()) {
      throw version.refuse(
          "%s %s is not there in version %s; there is %s %s"
              .formatted(
                  kind.word(), name.text(), version.text(), there.bundle(), there.version()));
    }
  }

  /** The parameters of the NPU model that a value names. */
  List<ParameterSpec> ofNpuModel(Leaf name) {
    return select(PluginKind.NPU_MODEL, name).parameters();
  }

  /** The parameters of the policy that a value names. */
  List<ParameterSpec> ofPolicy(String policy, Leaf name) {
    Object service = select(KINDS.get(policy), name);
    if (service instanceof BatchScheduler scheduler) {
      return scheduler.parameters();
    } else if (service instanceof KvPlacement placement) {
      return placement.parameters();
    } else if (service instanceof Router router) {
      return router.parameters();
    }
    return service instanceof SubBatchPolicy split ? split.parameters() : List.of();
  }

  /** The parameters of the device model that a value names. */
  List<ParameterSpec> ofDeviceModel(Leaf name) {
    return select(PluginKind.DEVICE_MODEL, name).parameters();
  }

  /** The parameters of the request source that a value names; the dataset is one of them. */
  List<ParameterSpec> ofSource(Leaf name) {
    RequestSource source = select(PluginKind.REQUEST_SOURCE, name);
    List<ParameterSpec> specs = new ArrayList<>();
    if (source.drawsLengths()) {
      specs.add(DATASET);
    }
    specs.addAll(source.parameters());
    return specs;
  }

  private <T> T select(PluginKind<T> kind, Leaf name) {
    return plugin(kind, name).service();
  }

  private <T> Plugin<T> plugin(PluginKind<T> kind, Leaf name) {
    try {
      return plugins.select(kind, name.text());
    } catch (InputException unknown) {
      throw new InputException(name.at() + ": " + unknown.getMessage(), unknown);
    }
  }
}
