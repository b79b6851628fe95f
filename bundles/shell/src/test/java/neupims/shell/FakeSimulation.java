// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Stage;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceComparison;
import neupims.api.run.DeviceDiff;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.MeasureSpec;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;

/** Runs that are over at once, with figures that tests know. */
final class FakeSimulation implements Simulation, DeviceComparison {
  final List<FakeLiveRun> live = new ArrayList<>();
  RuntimeException fails;
  Runnable whileRunning = () -> {};
  List<String> warnings = List.of();
  Optional<Energy> energy = Optional.of(new Energy(1, 2, 5));
  DeviceReport device = report();
  DeviceDiff diff;

  @Override
  public StepResult step(Variant variant, List<BatchEntry> batch) {
    if (fails != null) {
      throw fails;
    }
    return new StepResult(
        variant,
        batch.size(),
        device,
        320,
        12,
        320e-9,
        energy,
        0.5,
        warnings,
        List.of(FakePlugins.JSON_REPORT));
  }

  @Override
  public LiveRun start(Experiment experiment, RunObserver observer) {
    if (fails != null) {
      throw fails;
    }
    FakeLiveRun run = new FakeLiveRun(experiment, run(experiment, observer));
    live.add(run);
    return run;
  }

  @Override
  public RunResult run(Experiment experiment, RunObserver observer) {
    whileRunning.run();
    if (fails != null) {
      throw fails;
    }
    List<VariantResult> results = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      observer.progress(variant.name(), 1, 1);
      double seconds = variant.name().equals("slow") ? 2 : 0.5;
      results.add(
          new VariantResult(
              variant,
              MeasureSpec.Mode.SNAPSHOTS,
              1,
              0,
              1000,
              seconds,
              12_345,
              new Utilization(0.25, 0.5, 0.75),
              energy,
              0.1,
              1.2,
              300,
              0,
              List.of(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of(),
              warnings,
              List.of(FakePlugins.JSON_REPORT),
              0,
              "completed",
              null));
    }
    return new RunResult(experiment, results);
  }

  @Override
  public DeviceDiff step(Variant first, Variant second, List<BatchEntry> batch) {
    return diff;
  }

  @Override
  public DeviceDiff runs(Variant first, Variant second) {
    return diff;
  }

  static DeviceReport report() {
    return new DeviceReport(
        10,
        List.of(new StageReport("A", Stage.Repeat.EVERY_LAYER, true, 10, Optional.empty())),
        List.of(),
        new Utilization(0.25, 0.5, 0.75),
        Stalls.NONE,
        new Traffic(64, 128),
        Map.of(Command.RD, 1L, Command.WR, 2L),
        0.25);
  }
}
