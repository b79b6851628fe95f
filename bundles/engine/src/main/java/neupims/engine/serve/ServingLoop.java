// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.FidelityReport;
import neupims.api.run.FittedDevice;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.workload.RequestStream;

/**
 * One variant in simulated time: always the earliest of what is to happen on any replica or at the
 * door. Of things at the same instant iterations end first, then requests are sent, then iterations
 * begin, each by the replicas' numbers. A single replica takes its requests from the door itself.
 */
final class ServingLoop {
  private final ServingTally tally;
  private final RequestStream requests;
  private final ReplicaSetting setting;
  private final List<Replica> replicas = new ArrayList<>();
  private final Dispatch dispatch;

  private long nowNanos;
  private volatile boolean stopped;

  ServingLoop(
      Variant variant, Wiring wiring, DeviceSimulator simulator, RunObserver observer, RunLog log) {
    setting = ReplicaSetting.of(variant, wiring, simulator, observer, log);
    tally = new ServingTally(variant, wiring, setting.mode(), fidelity(simulator), log);
    requests =
        wiring
            .source()
            .service()
            .open(variant.workload().spec(variant.shard().model().maxPositions(), variant.seed()));
    tally.opened(requests);
    Door door = new Door(requests, setting::refusal, tally);
    int count = variant.serving().replicas().count();
    for (int number = 0; number < count; number++) {
      replicas.add(new Replica(number, count == 1 ? door : null, setting, tally));
    }
    dispatch = count == 1 ? null : new Dispatch(door, replicas, setting);
  }

  private static Supplier<Optional<FidelityReport>> fidelity(DeviceSimulator simulator) {
    return simulator instanceof FittedDevice fitted ? fitted::report : Optional::empty;
  }

  VariantResult run() {
    try (requests) {
      return serve();
    }
  }

  private VariantResult serve() {
    while (!tally.done()) {
      if (stopped) {
        return result("interrupted", null);
      }
      if (!next()) {
        break;
      }
    }
    return result("completed", null);
  }

  /** Ends the run at the next event; from any thread. */
  void stop() {
    stopped = true;
  }

  /** What was done before a failure, and the failure in one line. */
  VariantResult failed(Throwable cause) {
    String message = cause.getMessage();
    return result("failed", message == null ? cause.toString() : message);
  }

  /** Lets the next thing happen; false when nothing is left to happen. */
  private boolean next() {
    while (true) {
      Replica replica = earliest();
      long nanos = replica.nextNanos();
      if (sends(replica, nanos)) {
        return true;
      }
      if (nanos == Intake.NEVER) {
        replicas.forEach(Replica::refuseToSleep);
        return false;
      }
      nowNanos = nanos;
      if (replica.step()) {
        return true;
      }
    }
  }

  /** Sends a request if one is there before the replica's turn. */
  private boolean sends(Replica replica, long nanos) {
    if (dispatch == null) {
      return false;
    }
    long arrival = dispatch.nextNanos();
    if (arrival == Intake.NEVER || arrival > nanos || arrival == nanos && replica.busy()) {
      return false;
    }
    nowNanos = Math.max(nowNanos, arrival);
    dispatch.send(nowNanos);
    return true;
  }

  private Replica earliest() {
    Replica first = replicas.get(0);
    for (int i = 1; i < replicas.size(); i++) {
      Replica other = replicas.get(i);
      long sooner = first.nextNanos() - other.nextNanos();
      if (sooner > 0 || sooner == 0 && other.busy() && !first.busy()) {
        first = other;
      }
    }
    return first;
  }

  /** Every replica's time passes until the end of the run. */
  private VariantResult result(String stopped, String failure) {
    long end = tally.nowNanos();
    for (Replica replica : replicas) {
      replica.pass(end, replica.busy());
    }
    return tally.result(stopped, failure, setting.budget());
  }
}
