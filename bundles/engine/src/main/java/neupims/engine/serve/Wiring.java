// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Interconnect;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.NpuModel;
import neupims.api.run.Accelerator;
import neupims.api.run.Device;
import neupims.api.run.DeviceModel;
import neupims.api.run.MeasureSpec.Mode;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.Swap;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.api.workload.RequestSource;
import neupims.engine.check.MemoryCheck;

/** The plug-ins that are bound for a variant's whole run. */
record Wiring(
    Plugin<NpuModel> npuModel,
    Plugin<MemoryModel> memoryModel,
    Plugin<RequestSource> source,
    Plugin<Interconnect> interconnect,
    Optional<Plugin<DeviceModel>> deviceModel,
    Device device) {

  /**
   * Binds them.
   *
   * @throws InputException if one is unknown, or the memory's model cannot be one of its
   *     specification
   */
  static Wiring of(Variant variant, Plugins plugins) {
    SystemSpec system = variant.system();
    Recorded select = new Recorded(variant.live().swaps(), plugins);
    Optional<Plugin<DeviceModel>> deviceModel =
        system.accelerator().map(a -> select.of(PluginKind.DEVICE_MODEL, a.model()));
    boolean whole = deviceModel.isPresent();
    var npuModel = whole ? WholeDevice.NPU : select.of(PluginKind.NPU_MODEL, system.npu().model());
    var memoryModel =
        whole ? WholeDevice.MEMORY : select.of(PluginKind.MEMORY_MODEL, system.memory().model());
    if (!whole) {
      MemoryCheck.require(system.memory(), memoryModel.service());
    }
    return new Wiring(
        npuModel,
        memoryModel,
        select.of(PluginKind.REQUEST_SOURCE, variant.workload().source()),
        select.of(PluginKind.INTERCONNECT, system.interconnect().model()),
        deviceModel,
        new Device(
            system.npu(),
            npuModel.service(),
            system.memory(),
            memoryModel.service(),
            system.device(),
            deviceModel.map(m -> new Accelerator(system.accelerator().get(), m.service()))));
  }

  /**
   * How a variant's run is measured. A source that draws requests without a limit has no end: of
   * all that are there from the beginning snapshots are taken, others need a window that closes.
   *
   * @throws InputException if the run would have no end
   */
  Mode measured(Variant variant) {
    Mode mode = variant.measure().mode();
    boolean endless = variant.workload().requests() == 0 && source.service().drawsLengths();
    if (mode == Mode.SNAPSHOTS || !endless) {
      return mode == Mode.AUTO ? Mode.SERVING : mode;
    }
    if (variant.measure().window().closes()) {
      return Mode.SERVING;
    }
    if (mode == Mode.AUTO && source.service().allAtOnce()) {
      return Mode.SNAPSHOTS;
    }
    throw new InputException(
        "workload.requests is 0: a serving run of %s requests has no end; give workload.requests,"
                .formatted(source.info().name())
            + " measure.window.requests, measure.window.seconds or measure.window.iterations");
  }

  /** They by kind, in the order of lists. */
  Map<PluginKind<?>, Plugin<?>> plugins() {
    Map<PluginKind<?>, Plugin<?>> all = new LinkedHashMap<>();
    if (deviceModel.isEmpty()) {
      all.put(PluginKind.NPU_MODEL, npuModel);
      all.put(PluginKind.MEMORY_MODEL, memoryModel);
    }
    deviceModel.ifPresent(model -> all.put(PluginKind.DEVICE_MODEL, model));
    all.put(PluginKind.INTERCONNECT, interconnect);
    all.put(PluginKind.REQUEST_SOURCE, source);
    return all;
  }

  /** The same in words. */
  List<PluginInfo> infos() {
    List<PluginInfo> infos = new ArrayList<>();
    plugins().values().forEach(plugin -> infos.add(plugin.info()));
    return infos;
  }

  /** Selects plug-ins, in the versions that a recording was made with where it says so. */
  private record Recorded(List<Swap> swaps, Plugins plugins) {
    <T> Plugin<T> of(PluginKind<T> kind, String name) {
      return swaps.stream()
          .filter(swap -> swap.what().equals(Swap.KEPT) && swap.to().kind().equals(kind))
          .flatMap(swap -> plugins.find(kind, name, swap.to().version()).stream())
          .findFirst()
          .orElseGet(() -> plugins.select(kind, name));
    }
  }
}
