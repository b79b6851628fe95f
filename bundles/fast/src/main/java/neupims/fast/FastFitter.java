// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.List;
import neupims.api.compile.ProgramCompiler;
import neupims.api.run.Device;
import neupims.api.run.DeviceFitter;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.FittedDevice;
import neupims.api.run.PluginInfo;
import neupims.api.run.PrefillSpec;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Fits devices, and keeps what was fitted on disk. */
@Component
public final class FastFitter implements DeviceFitter {
  private final DeviceSimulator exact;
  private final ModelStore store = new ModelStore(ModelStore::home);

  /** Called by Declarative Services. */
  @Activate
  public FastFitter(@Reference DeviceSimulator exact) {
    this.exact = exact;
  }

  @Override
  public FittedDevice open(
      Variant variant, Device device, ProgramCompiler compiler, List<PluginInfo> plugins) {
    Fitting fitting = new Fitting(variant, device, compiler, exact);
    if (!fitting.covers()) {
      throw new InputException(
          "%s: fidelity: fast does not cover model %s with compiler %s, whose stages have more than matrix products of the same rows, vector operations and attention (docs/FIDELITY.md); use fidelity=exact"
              .formatted(
                  variant.name(), variant.shard().model().name(), variant.system().compiler()));
    }
    AttentionWork work = new AttentionWork(variant.shard(), device);
    String code = CodeDigest.of(this, exact, compiler, device.npuModel(), device.memoryModel());
    boolean received = variant.serving().prefill().mode() == PrefillSpec.Mode.SEPARATE;
    String key = ModelKey.of(variant.resolvedJson(), received, plugins, code);
    return new FastDevice(() -> store.get(key, fitting::fit), fitting::progress, work, exact);
  }
}
