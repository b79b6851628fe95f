// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceFitter;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.Plugins;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs variants in this process, one thread each, as many at once as its observer allows. */
@Component
public final class LocalSimulation implements Simulation {
  private final Plugins plugins;
  private final DeviceSimulator simulator;
  private final Optional<DeviceFitter> fitter;

  /** Without fitted devices. */
  public LocalSimulation(Plugins plugins, DeviceSimulator simulator) {
    this(plugins, simulator, null);
  }

  /**
   * Called by Declarative Services.
   *
   * @param fitter null where no bundle fits devices
   */
  @Activate
  public LocalSimulation(
      @Reference Plugins plugins,
      @Reference DeviceSimulator simulator,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          DeviceFitter fitter) {
    this.plugins = plugins;
    this.simulator = simulator;
    this.fitter = Optional.ofNullable(fitter);
  }

  @Override
  public StepResult step(Variant variant, List<BatchEntry> batch) {
    Wiring wiring = Wiring.of(variant, plugins);
    PolicySelection selection =
        new PolicySelection(variant, plugins, wiring.device().capabilities());
    Policies policies = new Policies(selection, new CallClock(0));
    // A single step is exact, whatever runs are.
    ProgramDevice device = new SimulatedDevice(variant, wiring, simulator);
    return new SingleStep(variant, wiring, policies, device).run(batch);
  }

  @Override
  public LiveRun start(Experiment experiment, RunObserver observer) {
    Object lock = new Object();
    RunObserver oneAtATime = new OneAtATime(observer, lock);
    Journals journals = Journals.of(observer, plugins);
    if (!observer.resumes()) {
      observer.directory().ifPresent(SavedFailures::removeFrom);
    }
    List<ServingLoop> loops = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      Wiring wiring = Wiring.of(variant, plugins);
      PolicySelection selection =
          new PolicySelection(variant, plugins, wiring.device().capabilities());
      Policies first = new Policies(selection, new CallClock(0));
      ProgramDevice device =
          journals.of(
              loops.size(),
              variant,
              wiring,
              first.infos(),
              new SimulatedDevice(variant, wiring, simulator, fitter, first.compiler()),
              oneAtATime);
      FailureFile failures =
          observer
              .directory()
              .<FailureFile>map(directory -> new SavedFailures(variant, directory))
              .orElse(FailureFile.NONE);
      RunSetup setup =
          new RunSetup(wiring, plugins, device, oneAtATime, observer.log(loops.size()), failures);
      loops.add(new ServingLoop(variant, setup, new Control(variant), 0));
    }
    LocalRun run = new LocalRun(experiment, loops, observer.threads(), journals);
    observer.started(run);
    return run;
  }

  @Override
  public RunResult run(Experiment experiment, RunObserver observer) {
    LiveRun run = start(experiment, observer);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return run.await();
        } catch (InterruptedException stop) {
          interrupted = true;
          run.stop();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
