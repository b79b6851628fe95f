// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.PrefillSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.workload.RequestStream;

/**
 * One variant in simulated time: always the earliest of what is to happen on any replica, in
 * prefill pools or at the door. Of things at the same instant iterations end first, then caches and
 * prompts move on, then requests are sent, then iterations begin, each by the replicas' numbers. A
 * single replica without a pool takes its requests from the door itself.
 */
final class ServingLoop {
  private final Variant variant;
  private final RunSetup setup;
  private final ServingTally tally;
  private final RequestStream requests;
  private final ReplicaSetting setting;
  private final Control control;
  private final CallClock clock;
  private final PolicySelection selection;
  private final Policies policies;
  private final Happenings happenings;
  private final List<Replica> replicas = new ArrayList<>();
  private final Prefilling prefilling;
  private final Dispatch dispatch;

  private long nowNanos;

  /**
   * A variant at rest.
   *
   * @param knownUntil iterations before which nothing new comes from outside
   * @throws neupims.api.unit.InputException if that cannot be run
   */
  ServingLoop(Variant variant, RunSetup setup, Control control, long knownUntil) {
    this.variant = variant;
    this.setup = setup;
    this.control = control;
    Wiring wiring = setup.wiring();
    selection = new PolicySelection(variant, setup.plugins(), wiring.device().capabilities());
    clock = new CallClock(variant.live().policySeconds());
    policies = new Policies(selection, clock);
    control.policies(policies.infos());
    control.device(setup.device()::busyWith);
    happenings = new Happenings(variant.live().swaps(), setup.log());
    Watch watch = new Watch(variant, setup.plugins(), control, setup.observer());
    Boundary boundary =
        new Boundary(
            policies,
            selection,
            control,
            watch,
            happenings,
            setup.failures(),
            new BoundForTheRun(wiring, watch, happenings),
            knownUntil);
    setting = ReplicaSetting.of(variant, setup, policies, boundary);
    tally =
        new ServingTally(
            variant,
            () -> policies.withBound(wiring),
            happenings,
            setting.mode(),
            setup.device()::fidelity,
            setup.log());
    requests =
        wiring
            .source()
            .service()
            .open(variant.workload().spec(variant.shard().model().maxPositions(), variant.seed()));
    tally.opened(requests);
    Door door = new Door(requests, setting::refusal, tally);
    int count = variant.serving().replicas().count();
    RouterCalls router = new RouterCalls(replicas, setting);
    boolean separate = variant.serving().prefill().mode() == PrefillSpec.Mode.SEPARATE;
    prefilling = separate ? new Prefilling(setting, replicas, count, router, tally) : null;
    boolean sent = count > 1 || separate;
    for (int number = 0; number < count; number++) {
      replicas.add(new Replica(number, sent ? null : door, prefilling, setting, tally));
    }
    dispatch = sent ? new Dispatch(door, replicas, router, prefilling, setting) : null;
  }

  /** Between the variant and whoever looks on. */
  Control control() {
    return control;
  }

  /**
   * Has a policy swapped at the next boundary.
   *
   * @throws neupims.api.unit.InputException if that cannot be
   */
  PolicyChoice wanted(PluginKind<?> kind, String name) {
    return selection.wanted(kind, name);
  }

  /**
   * Runs it to its end, which may be a failure: then with what was done before.
   *
   * @throws CallClock.LeftBehind if a call of a policy took so long that somebody else has gone on
   */
  VariantResult run() {
    control.running();
    try (requests) {
      return serve();
    } catch (CallClock.LeftBehind late) {
      throw late;
    } catch (Throwable cause) {
      return failed(cause);
    }
  }

  /** Whether a call of a policy has just been left behind. From another thread. */
  boolean stuck() {
    return clock.look();
  }

  /**
   * What goes on for a loop that is {@link #stuck}: the same from the beginning, knowing what
   * happened, so that another policy is called where this one hangs.
   *
   * @throws IllegalStateException if there is no other
   */
  ServingLoop again() {
    requests.close();
    setup
        .observer()
        .notice(
            variant.name(),
            "a call of a policy does not end though it was interrupted; its thread %s is left"
                    .formatted(clock.abandoned())
                + " behind and may take a core until this process ends");
    policies.rescueLate(setting.boundary());
    LiveSpec live = variant.live();
    LiveSpec knowing =
        new LiveSpec(
            happenings.swaps(), live.fallbacks(), live.pluginWaitSeconds(), live.policySeconds());
    setup.log().restarted();
    return new ServingLoop(
        variant.with(knowing), setup.again(), control, setting.boundary().iterations());
  }

  /** Nobody will run it any more. */
  void close() {
    setup.device().close();
  }

  /** What was done before a failure. */
  VariantResult failed(Throwable cause) {
    String message = cause.getMessage();
    boolean says = message != null && !(cause instanceof Error);
    return result("failed", says ? message : cause.toString());
  }

  private VariantResult serve() {
    setting.boundary().before(nowNanos);
    while (!tally.done()) {
      if (control.stopped()) {
        return result("interrupted", null);
      }
      if (!next()) {
        break;
      }
      control.counts(setting.boundary().iterations(), tally.completed(), nowNanos);
    }
    return result("completed", null);
  }

  /** Lets the next thing happen; false when nothing is left to happen. */
  private boolean next() {
    while (true) {
      Replica replica = earliest();
      long nanos = replica.nextNanos();
      if (prefills(replica, nanos) || sends(replica, nanos)) {
        return true;
      }
      if (nanos == Intake.NEVER) {
        return insists();
      }
      nowNanos = nanos;
      if (replica.step()) {
        return true;
      }
    }
  }

  /**
   * Nothing would happen any more; whether there is more to do: somebody still has requests, or
   * stops.
   */
  private boolean insists() {
    if (control.stopped()) {
      return true;
    }
    boolean woken = false;
    for (Replica replica : replicas) {
      woken |= replica.insist(control::stopped);
    }
    return woken;
  }

  /** Lets prompts move on if that is before the replica's turn and before a request is there. */
  private boolean prefills(Replica replica, long nanos) {
    if (prefilling == null) {
      return false;
    }
    long event = prefilling.nextNanos();
    if (event == Intake.NEVER || event > nanos || event == nanos && replica.busy()) {
      return false;
    }
    if (dispatch.nextNanos() < event) {
      return false;
    }
    nowNanos = Math.max(nowNanos, event);
    prefilling.step();
    return true;
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
    if (prefilling != null) {
      end = Math.max(end, prefilling.nowNanos());
      prefilling.pass(end);
      tally.passUnrouted(end);
    }
    for (Replica replica : replicas) {
      replica.pass(end, replica.busy());
    }
    return tally.result(stopped, failure, setting.budget());
  }
}
