// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.run.Device;
import neupims.api.run.DeviceFitter;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Fidelity;
import neupims.api.run.FidelityReport;
import neupims.api.run.FittedDevice;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.engine.check.CommandCheck;

/**
 * Simulates programs on a variant's device: command by command, or with a fitted device for each
 * compiler that takes part.
 */
final class SimulatedDevice implements ProgramDevice {
  private final Variant variant;
  private final Wiring wiring;
  private final DeviceSimulator exact;
  private final Optional<DeviceFitter> fitter;
  private final boolean fast;
  private final Map<PluginInfo, FittedDevice> fitted = new LinkedHashMap<>();
  private volatile FittedDevice answering;

  /** A device that is simulated command by command. */
  SimulatedDevice(Variant variant, Wiring wiring, DeviceSimulator exact) {
    this(variant, wiring, exact, Optional.empty(), false);
  }

  /**
   * A device as the variant wants it: an accelerator is a closed form already.
   *
   * @param first the compiler that the variant begins with
   * @throws InputException if it should be fitted and there is nobody who does that, or cannot be
   *     for what this compiler makes of the model
   */
  SimulatedDevice(
      Variant variant,
      Wiring wiring,
      DeviceSimulator exact,
      Optional<DeviceFitter> fitter,
      Plugin<ProgramCompiler> first) {
    this(
        variant,
        wiring,
        exact,
        fitter,
        variant.fidelity() == Fidelity.FAST && wiring.deviceModel().isEmpty());
    if (fast && fitter.isEmpty()) {
      throw new InputException("fidelity: fast needs a bundle that fits devices; none is there");
    }
    if (fast) {
      fitted.put(first.info(), fit(first));
    }
  }

  private SimulatedDevice(
      Variant variant,
      Wiring wiring,
      DeviceSimulator exact,
      Optional<DeviceFitter> fitter,
      boolean fast) {
    this.variant = variant;
    this.wiring = wiring;
    this.exact = exact;
    this.fitter = fitter;
    this.fast = fast;
  }

  @Override
  public DeviceReport run(Compiled compiled) {
    Device device = wiring.device();
    if (fast) {
      FittedDevice model =
          fitted.computeIfAbsent(compiled.compiler().info(), i -> fit(compiled.compiler()));
      answering = model;
      return model.simulate(device, compiled.program(), CommandSink.NONE);
    }
    boolean checked = variant.system().checkTiming() && variant.system().accelerator().isEmpty();
    CommandCheck check = CommandCheck.of(checked, variant.system().memory());
    DeviceReport report = exact.simulate(device, compiled.program(), check.sink());
    check.end(report.simulatedCycles());
    return report;
  }

  private FittedDevice fit(Plugin<ProgramCompiler> compiler) {
    List<PluginInfo> plugins = new ArrayList<>(List.of(compiler.info()));
    plugins.addAll(wiring.infos());
    return fitter.orElseThrow().open(variant, wiring.device(), compiler.service(), plugins);
  }

  @Override
  public String busyWith() {
    FittedDevice now = answering;
    return now == null ? "" : now.busyWith();
  }

  @Override
  public boolean exchanges() {
    return !fast && wiring.deviceModel().isEmpty();
  }

  /** The worst of those that have answered. */
  @Override
  public Optional<FidelityReport> fidelity() {
    FidelityReport worst = null;
    long exactPrograms = 0;
    for (FittedDevice device : fitted.values()) {
      FidelityReport report = device.report().orElse(null);
      if (report != null) {
        exactPrograms += report.exactPrograms();
        worst =
            worst == null || report.maxErrorPercent() > worst.maxErrorPercent() ? report : worst;
      }
    }
    if (worst == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FidelityReport(
            worst.fitSamples(),
            worst.heldOut(),
            worst.meanErrorPercent(),
            worst.maxErrorPercent(),
            worst.biasPercent(),
            exactPrograms));
  }
}
