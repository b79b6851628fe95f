// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceFitter;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.Fidelity;
import neupims.api.run.Plugins;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.unit.InputException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs variants in this process, one thread each, as many at once as there are cores. */
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
    return new SingleStep(variant, Wiring.of(variant, plugins), simulator).run(batch);
  }

  @Override
  public RunResult run(Experiment experiment, RunObserver observer) {
    RunObserver oneAtATime =
        (variant, done, of) -> {
          synchronized (experiment) {
            observer.progress(variant, done, of);
          }
        };
    List<ServingLoop> loops = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      Wiring wiring = Wiring.of(variant, plugins);
      RunLog log = observer.log(loops.size());
      loops.add(new ServingLoop(variant, wiring, simulator(variant, wiring), oneAtATime, log));
    }
    return new RunResult(experiment, runAll(loops));
  }

  /** What the variant's iterations are simulated with; an accelerator is a closed form already. */
  private DeviceSimulator simulator(Variant variant, Wiring wiring) {
    if (variant.fidelity() == Fidelity.EXACT || wiring.deviceModel().isPresent()) {
      return simulator;
    }
    if (fitter.isEmpty()) {
      throw new InputException("fidelity: fast needs a bundle that fits devices; none is there");
    }
    return fitter.get().open(variant, wiring.device(), wiring.compiler().service(), wiring.infos());
  }

  private static List<VariantResult> runAll(List<ServingLoop> loops) {
    int threads = Math.min(loops.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<VariantResult>> futures = new ArrayList<>();
      for (ServingLoop loop : loops) {
        futures.add(pool.submit(loop::run));
      }
      List<VariantResult> results = new ArrayList<>();
      for (int i = 0; i < futures.size(); i++) {
        results.add(collect(futures.get(i), loops, i));
      }
      return results;
    } finally {
      pool.shutdown();
    }
  }

  /** An interrupt of the caller stops every variant at its next iteration, with what it has. */
  private static VariantResult collect(
      Future<VariantResult> future, List<ServingLoop> loops, int index) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException stop) {
          interrupted = true;
          loops.forEach(ServingLoop::stop);
        } catch (ExecutionException failed) {
          return loops.get(index).failed(failed.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
