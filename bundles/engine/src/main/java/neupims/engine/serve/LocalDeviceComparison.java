// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.TaskReport;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceComparison;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DeviceDiff.CommandPart;
import neupims.api.run.DeviceDiff.Issued;
import neupims.api.run.DeviceDiff.ProgramPart;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Plugins;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.engine.diff.FirstPart;
import neupims.engine.diff.ProgramParts;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Simulates two variants in this process, each on a thread of its own. */
@Component
public final class LocalDeviceComparison implements DeviceComparison {
  private final Plugins plugins;
  private final DeviceSimulator simulator;

  /** Called by Declarative Services. */
  @Activate
  public LocalDeviceComparison(@Reference Plugins plugins, @Reference DeviceSimulator simulator) {
    this.plugins = plugins;
    this.simulator = simulator;
  }

  /** A variant that takes part. */
  private final class Half {
    final Variant variant;
    final Wiring wiring;
    final PolicySelection selection;
    final DigestingDevice device;

    Half(Variant variant) {
      this.variant = variant;
      wiring = Wiring.of(variant, plugins);
      selection = new PolicySelection(variant, plugins, wiring.device().capabilities());
      device = new DigestingDevice(wiring, simulator);
    }

    int channels() {
      return wiring.device().memory().organization().channels();
    }

    DeviceReport step(List<BatchEntry> batch) {
      return new SingleStep(variant, wiring, new Policies(selection, new CallClock(0)), device)
          .run(batch)
          .device();
    }

    ServingLoop loop(ProgramDevice side) {
      RunSetup setup =
          new RunSetup(wiring, plugins, side, RunObserver.NONE, RunLog.NONE, FailureFile.NONE);
      return new ServingLoop(variant, setup, new Control(variant), 0);
    }
  }

  /** Runs a loop; whatever becomes of it, the other does not wait for it any more. */
  private static VariantResult run(ServingLoop loop) {
    try {
      return loop.run();
    } finally {
      loop.close();
    }
  }

  @Override
  public DeviceDiff step(Variant first, Variant second, List<BatchEntry> batch) {
    Half a = new Half(first);
    Half b = new Half(second);
    DeviceReport ofFirst = a.step(batch);
    DeviceReport ofSecond = b.step(batch);
    return diff(
        new Found(a, a.device.compiled(), ofFirst), new Found(b, b.device.compiled(), ofSecond), 1);
  }

  @Override
  public DeviceDiff runs(Variant first, Variant second) {
    Half a = new Half(first);
    Half b = new Half(second);
    Lockstep lockstep = new Lockstep();
    Lockstep.Side sideA = lockstep.new Side(a.device);
    Lockstep.Side sideB = lockstep.new Side(b.device);
    // Whatever is refused is refused before one waits for the other.
    ServingLoop loopA = a.loop(sideA);
    ServingLoop loopB = b.loop(sideB);
    CompletableFuture<VariantResult> other = CompletableFuture.supplyAsync(() -> run(loopB));
    VariantResult mine = run(loopA);
    refuseFailure(first, mine, sideA);
    refuseFailure(second, other.join(), sideB);
    Found ofA = found(a, sideA);
    Found ofB = found(b, sideB);
    if (sideA.moves() != sideB.moves()) {
      return ended(ofA, sideA.moves(), ofB, sideB.moves());
    }
    return diff(ofA, ofB, sideA.moves());
  }

  /** One had no more programs. */
  private static DeviceDiff ended(Found a, long movesA, Found b, long movesB) {
    String end = "ends after %d iterations";
    String more = "goes on";
    ProgramPart part =
        new ProgramPart(
            "the end of a run",
            movesA < movesB ? end.formatted(movesA) : more,
            movesB < movesA ? end.formatted(movesB) : more);
    return new DeviceDiff(
        Math.max(a.compiled.iteration(), b.compiled.iteration()),
        Math.max(movesA, movesB),
        Optional.of(part),
        Optional.empty(),
        Optional.empty(),
        a.report,
        b.report);
  }

  /** A run that parted from the other has failed, but only for that. */
  private static void refuseFailure(Variant variant, VariantResult result, Lockstep.Side side) {
    if (result.failure() != null && !result.failure().equals(new Lockstep.Parted().getMessage())) {
      throw new IllegalStateException(variant.name() + ": " + result.failure());
    }
    if (side.moves() == 0) {
      throw new IllegalStateException(variant.name() + " has simulated nothing");
    }
  }

  private static Found found(Half half, Lockstep.Side side) {
    return new Found(half, side.last().compiled(), side.last().report());
  }

  /** What a variant did in the iteration in question. */
  private record Found(Half half, Compiled compiled, DeviceReport report) {
    List<String> tasksAt(Optional<Issued> issued, long otherCycle) {
      long cycle = report.taskCycle(issued.map(Issued::cycle).orElse(otherCycle));
      List<String> tasks = new ArrayList<>();
      for (TaskReport task : report.tasks()) {
        if (task.startCycle() <= cycle && cycle < task.finishCycle()) {
          tasks.add("stage %s, %s".formatted(task.stage(), task.name()));
        }
      }
      return tasks;
    }
  }

  private static DeviceDiff diff(Found a, Found b, long iterations) {
    Optional<ProgramPart> program = ProgramParts.of(a.compiled.program(), b.compiled.program());
    boolean same = program.isEmpty();
    return new DeviceDiff(
        a.compiled.iteration(),
        iterations,
        program,
        same ? part(a, b, true) : Optional.empty(),
        same ? part(a, b, false) : Optional.empty(),
        a.report,
        b.report);
  }

  private static Optional<CommandPart> part(Found a, Found b, boolean cycles) {
    return FirstPart.of(
            sink -> a.half.device.simulate(a.compiled, sink),
            sink -> b.half.device.simulate(b.compiled, sink),
            cycles,
            Math.max(a.half.channels(), b.half.channels()))
        .map(
            place -> {
              long cycleA = place.first().map(Issued::cycle).orElse(-1L);
              long cycleB = place.second().map(Issued::cycle).orElse(-1L);
              return new CommandPart(
                  place.same(),
                  place.first(),
                  place.second(),
                  a.tasksAt(place.first(), cycleB),
                  b.tasksAt(place.second(), cycleA));
            });
  }
}
