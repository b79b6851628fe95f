// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Resident;
import neupims.api.run.MeasureSpec.Mode;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import neupims.api.workload.Request;

/**
 * One copy of the system with its waiting line, KV cache and batch, a step at a time:
 *
 * <pre>
 * begin: take in, plan, preempt and admit, simulate -> end: emit tokens, let the finished leave
 *    '---- nothing to do ----> wait for the next event ----> begin
 * </pre>
 *
 * Between begin and end its state is that of the iteration under way, so that whoever looks at it
 * learns nothing of the future. Where a run takes snapshots, iterations that are not one pass
 * without the device and in no time: they only age the batch.
 */
final class Replica {
  private final int number;
  private final ReplicaSetting setting;
  private final ServingTally tally;
  private final Chronicle chronicle;
  private final Mode mode;
  private final KvAccount kv;
  private final HostLink host;
  private final WaitingLine line = new WaitingLine();
  private final Backlog backlog;
  private final Mailbox mailbox = new Mailbox();
  private final Intake intake;
  private final Deliveries deliveries;
  private final Service service;
  private final SimClock clock;

  private long iteration;
  private long wakeNanos;
  private Underway underway;

  /**
   * A replica.
   *
   * @param door the requests, null when they are sent
   * @param prefilling where prompts are worked on, null for here or nowhere
   */
  Replica(
      int number, Door door, Prefilling prefilling, ReplicaSetting setting, ServingTally tally) {
    this.number = number;
    this.setting = setting;
    this.tally = tally;
    chronicle = new Chronicle(number, setting, tally);
    mode = setting.mode();
    kv =
        new KvAccount(
            setting.budget(), mode == Mode.SERVING, setting.variant().serving().kv().hostBytes());
    host = new HostLink(setting.variant().serving().kv(), setting.budget().blockBytes());
    clock = new SimClock(setting.variant().system().memory().clock());
    boolean prompts = setting.variant().serving().prefill().mode() != PrefillSpec.Mode.NONE;
    backlog = new Backlog(prompts);
    deliveries = prefilling == null ? null : new Deliveries(number, prefilling, line);
    Entrance entrance = new Entrance(door == null ? mailbox : door, number, tally);
    intake =
        deliveries == null
            ? new DirectIntake(entrance, line, setting.window(), prompts)
            : deliveries;
    service = new Service(kv, line, intake, this::place, setting.limits());
  }

  /** When something happens next, {@link Intake#NEVER} if nothing does unless a request comes. */
  long nextNanos() {
    return underway == null ? wakeNanos : clock.nowNanos();
  }

  /** Whether an iteration is under way. */
  boolean busy() {
    return underway != null;
  }

  /** Requests that it has been sent and are not in service. */
  int waiting() {
    return mailbox.size() + line.size() + intake.underWay();
  }

  /** As a router sees it. */
  ReplicaState state() {
    return new ReplicaState(waiting(), service.size(), backlog.tokens(), kv.fraction());
  }

  /** The router sends it a request; time does not run backwards. */
  void send(Request request, long nowNanos) {
    mailbox.send(request, nowNanos);
    backlog.sent(request);
    wakeNanos = Math.min(wakeNanos, nowNanos);
  }

  /** A request is routed to it, whose cache will come. */
  void expects(Request request) {
    backlog.sent(request);
  }

  /** The same of one whose prompt is done. */
  void expects(Sequence prefilled) {
    backlog.sent(prefilled);
  }

  /** A request that it expects has emitted a token elsewhere. */
  void prefilled(Sequence sequence) {
    backlog.emitted(sequence);
  }

  /** The cache of a request that it expects is there; time does not run backwards. */
  void deliver(Sequence sequence, long nowNanos) {
    deliveries.add(sequence, nowNanos);
    wakeNanos = Math.min(wakeNanos, nowNanos);
  }

  /** Does what is due at {@link #nextNanos}; whether anything happened but a look for work. */
  boolean step() {
    if (underway != null) {
      end();
    } else if (wakeNanos > clock.nowNanos()) {
      clock.until(wakeNanos);
      pass(clock.nowNanos(), false);
    } else {
      return begin();
    }
    return true;
  }

  private boolean begin() {
    setting.boundary().before(clock.nowNanos());
    intake.advance(clock.nowNanos());
    tally.openIfDue(clock.nowNanos());
    if (line.size() > 0 || service.size() > 0) {
      IterationWork work = work(() -> false);
      if (!work.isEmpty()) {
        begin(work);
        return true;
      }
    }
    long next = intake.nextNanos();
    wakeNanos = next > clock.nowNanos() ? next : Intake.NEVER;
    return false;
  }

  private void begin(IterationWork work) {
    long start = clock.nowNanos();
    int inService = service.size();
    int waiting = tally.inSystem(number) - inService;
    double kvFraction = kv.fraction();
    long moveNanos = mode == Mode.SERVING ? host.nanos(work.movedBlocks) : 0;
    tally.planned(number, work, kv, moveNanos);
    List<DeviceReport> reports = List.of();
    long cycles = 0;
    double ratio = 0;
    if (chronicle.simulates(iteration)) {
      BatchRunner runner = setting.runner();
      clock.until(start + moveNanos);
      reports = runner.simulateAll(work, iteration, number);
      ratio = runner.channelMaxOverMean(work.decodes);
      cycles = Pipeline.iterationCycles(setting.variant().shard(), reports);
      clock.cycles(cycles);
    }
    underway =
        new Underway(
            iteration, work, start, inService, waiting, kvFraction, cycles, reports, ratio);
    setting.boundary().begun();
  }

  private void end() {
    Underway done = underway;
    underway = null;
    wakeNanos = clock.nowNanos();
    if (done.simulated()) {
      chronicle.measured(done, service);
      pass(clock.nowNanos(), true);
    }
    int emitted = service.finish(done.work(), clock.nowNanos(), tally, backlog);
    chronicle.ended(done, clock.nowNanos(), emitted);
    iteration++;
  }

  /** Time passes without a change of state. */
  void pass(long toNanos, boolean busy) {
    double used = (double) service.keptTokens() * setting.budget().bytesPerToken();
    tally.pass(number, toNanos, busy, service.size(), kv, used);
  }

  /**
   * The coming iteration. If nothing comes of a plan because those admitted were sent to channels
   * without room, the scheduler plans again without them.
   *
   * @param must whether a plan that works on nothing breaks the scheduler's contract, asked when it
   *     is there
   */
  private IterationWork work(BooleanSupplier must) {
    List<WaitingRequest> waiting = line.views();
    while (true) {
      IterationWork work = service.apply(plan(waiting, must), clock.nowNanos());
      if (!work.isEmpty() || work.withoutRoom.isEmpty()) {
        return work;
      }
      waiting = new ArrayList<>(waiting);
      waiting.removeIf(request -> work.withoutRoom.contains(request.id()));
    }
  }

  private IterationPlan plan(List<WaitingRequest> waiting, BooleanSupplier must) {
    return setting
        .policies()
        .plan(
            parameters ->
                new ServingState(
                    iteration,
                    clock.nowNanos(),
                    waiting,
                    service.views(),
                    setting.limits(),
                    kv.state(),
                    parameters,
                    setting.variant().seed()),
            plan -> service.accept(plan, must.getAsBoolean()));
  }

  private int[] place(List<Resident> residents, List<Newcomer> newcomers, long placed) {
    return setting.runner().place(residents, newcomers, kv.state(), placed, iteration);
  }

  /**
   * Nothing will happen any more unless the scheduler has something done: it is asked once more,
   * and to do nothing again is trouble.
   *
   * @param stopped whether the run has been stopped, which may come as the scheduler plans: then
   *     nothing needs to be done
   * @return whether there is more to do; not if no request is left
   * @throws IllegalStateException if nobody has a request worked on
   */
  boolean insist(BooleanSupplier stopped) {
    if (service.size() == 0 && line.size() == 0) {
      return false;
    }
    IterationWork work = work(() -> !stopped.getAsBoolean());
    if (work.isEmpty() && stopped.getAsBoolean()) {
      return true;
    }
    if (work.isEmpty()) {
      throw new IllegalStateException(
          "nothing comes of what scheduler %s plans at iteration %d: placement %s sends whom it"
                  .formatted(name(PluginKind.SCHEDULER), iteration, name(PluginKind.PLACEMENT))
              + " admits to channels without room");
    }
    begin(work);
    return true;
  }

  private String name(PluginKind<?> kind) {
    return setting.policies().name(kind);
  }
}
