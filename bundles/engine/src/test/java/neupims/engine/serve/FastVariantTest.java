// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.run.Device;
import neupims.api.run.DeviceFitter;
import neupims.api.run.Experiment;
import neupims.api.run.Fidelity;
import neupims.api.run.FidelityReport;
import neupims.api.run.FittedDevice;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.unit.InputException;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** Who answers for a device when {@code fidelity} is fast. */
class FastVariantTest {
  private final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  @Test
  void aFastVariantRunsOnTheFittedDeviceAndSaysWhatThatIsWorth() {
    FidelityReport worth = new FidelityReport(9, 3, 1.5, 2.5, -0.5, 1);
    DeviceFitter fitter = (variant, device, compiler, infos) -> new Fitted(worth);
    LocalSimulation fitting = new LocalSimulation(plugins, new FakeDevice(), fitter);
    Experiment both =
        new Experiment(
            "test",
            1,
            List.of(fast(SampleVariants.variant("a")), SampleVariants.variant("b")),
            "{}");
    List<VariantResult> results = fitting.run(both, RunObserver.NONE).variants();
    assertEquals(Optional.of(worth), results.get(0).fidelity());
    assertEquals(1, results.get(0).meanBlockCycles());
    assertEquals(Optional.empty(), results.get(1).fidelity());
    assertNotEquals(1, results.get(1).meanBlockCycles());
  }

  @Test
  void fastWithoutABundleThatFitsIsRefused() {
    Experiment only = new Experiment("test", 1, List.of(fast(SampleVariants.variant("a"))), "{}");
    InputException refused =
        assertThrows(InputException.class, () -> simulation.run(only, RunObserver.NONE));
    assertTrue(refused.getMessage().contains("fidelity"), refused.getMessage());
  }

  private static Variant fast(Variant v) {
    return new Variant(
        v.name(),
        v.seed(),
        v.shard(),
        v.system(),
        v.workload(),
        v.serving(),
        v.measure(),
        Fidelity.FAST,
        v.live(),
        v.resolvedJson());
  }

  /** Takes a cycle for everything. */
  private record Fitted(FidelityReport worth) implements FittedDevice {
    @Override
    public DeviceReport simulate(Device device, Program program, CommandSink sink) {
      return FakeDevice.report(1);
    }

    @Override
    public Optional<FidelityReport> report() {
      return Optional.of(worth);
    }
  }
}
