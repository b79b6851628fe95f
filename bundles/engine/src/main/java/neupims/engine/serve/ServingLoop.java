// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Resident;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.IterationLine;
import neupims.api.run.IterationRecord;
import neupims.api.run.MeasureSpec;
import neupims.api.run.MeasureSpec.Mode;
import neupims.api.run.PrefillSpec;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;

/**
 * The iterations of one variant in simulated time: take in, plan, preempt and admit, simulate, emit
 * tokens, let finished requests leave. With nobody to serve, time jumps to the next event. Where a
 * run takes snapshots, iterations that are not one pass without the device and in no time: they
 * only age the batch.
 */
final class ServingLoop {
  /** Requests that a scheduler sees waiting, at least; the others wait unread in the source. */
  private static final int LEAST_WINDOW = 1024;

  private final Variant variant;
  private final Wiring wiring;
  private final Mode mode;
  private final KvBudget budget;
  private final KvAccount kv;
  private final BatchRunner runner;
  private final HostLink host;
  private final RunObserver observer;
  private final RunLog log;
  private final ServingLimits limits;
  private final WaitingLine line = new WaitingLine();
  private final RequestStream requests;
  private final Intake intake;
  private final Service service;
  private final ServingTally tally;
  private final SimClock clock;

  private long iteration;
  private volatile boolean stopped;

  ServingLoop(
      Variant variant, Wiring wiring, DeviceSimulator simulator, RunObserver observer, RunLog log) {
    this.variant = variant;
    this.wiring = wiring;
    this.observer = observer;
    this.log = log;
    mode = wiring.measured(variant);
    budget = KvBudget.of(variant, wiring);
    kv = new KvAccount(budget, mode == Mode.SERVING, variant.serving().kv().hostBytes());
    runner = new BatchRunner(variant, wiring, simulator);
    host = new HostLink(variant.serving().kv(), budget.blockBytes());
    tally = new ServingTally(variant, wiring, mode, log);
    clock = new SimClock(variant.system().memory().clock());
    limits = limits(variant);
    requests =
        wiring
            .source()
            .service()
            .open(variant.workload().spec(variant.shard().model().maxPositions(), variant.seed()));
    tally.opened(requests);
    Door door = new Door(requests, this::refusal, tally);
    intake = intake(door, Math.max(LEAST_WINDOW, limits.maxBatch()));
    service = new Service(kv, line, intake, this::place, limits, wiring.scheduler().info().name());
  }

  private Intake intake(Door door, int window) {
    PrefillSpec prefill = variant.serving().prefill();
    if (prefill.mode() != PrefillSpec.Mode.SEPARATE) {
      return new DirectIntake(door, line, window, prefill.mode() != PrefillSpec.Mode.NONE);
    }
    if (mode == Mode.SNAPSHOTS) {
      throw new InputException(
          "prefill=separate needs simulated time: with measure.mode=snapshots there is none");
    }
    PromptTimes times = new PromptTimes(variant, runner);
    return new PrefillPool(
        door, line, window, times, prefill, budget.bytesPerToken(), tally::prefilled);
  }

  private static ServingLimits limits(Variant variant) {
    int positions = variant.shard().model().maxPositions();
    int budget = variant.serving().tokenBudget();
    return new ServingLimits(
        variant.maxBatch(),
        budget > 0 ? budget : Math.max(positions, variant.maxBatch()),
        positions,
        variant.serving().prefill().mode() == PrefillSpec.Mode.CHUNKED);
  }

  VariantResult run() {
    try (requests) {
      return serve();
    }
  }

  private VariantResult serve() {
    while (!tally.done()) {
      if (stopped) {
        return tally.result("interrupted", null, budget);
      }
      intake.advance(clock.nowNanos());
      tally.openIfDue(clock.nowNanos(), iteration);
      if (line.size() == 0 && service.size() == 0) {
        if (!idle()) {
          break;
        }
        continue;
      }
      IterationWork work = work();
      if (!work.isEmpty()) {
        iterate(work);
      } else if (!idle()) {
        throw idleScheduler();
      }
    }
    return tally.result("completed", null, budget);
  }

  /** Ends the run at the next iteration boundary; from any thread. */
  void stop() {
    stopped = true;
  }

  /** What was done before a failure, and the failure in one line. */
  VariantResult failed(Throwable cause) {
    String message = cause.getMessage();
    return tally.result("failed", message == null ? cause.toString() : message, budget);
  }

  /** Lets time pass until the next event; false when there is none. */
  private boolean idle() {
    long next = intake.nextNanos();
    if (next == Intake.NEVER || next <= clock.nowNanos()) {
      return false;
    }
    clock.until(next);
    pass(false);
    return true;
  }

  private void iterate(IterationWork work) {
    long start = clock.nowNanos();
    int inService = service.size();
    int waiting = tally.inSystem() - inService;
    double kvFraction = kv.fraction();
    long moveNanos = mode == Mode.SERVING ? host.nanos(work.movedBlocks) : 0;
    tally.planned(work, kv, moveNanos);
    long cycles = 0;
    boolean simulated = mode == Mode.SERVING || isSnapshot();
    if (simulated) {
      clock.until(start + moveNanos);
      cycles = simulate(work);
      clock.cycles(cycles);
      pass(true);
    }
    int emitted = service.finish(work, clock.nowNanos(), tally);
    tally.emitted(simulated ? emitted : 0);
    if (mode == Mode.SERVING) {
      log.iteration(
          new IterationLine(
              iteration,
              start,
              clock.nowNanos(),
              work.decodes.size(),
              work.promptTokens,
              emitted,
              inService,
              waiting,
              work.admitted,
              work.recomputed + work.swapped,
              kvFraction,
              cycles));
    }
    progress();
    iteration++;
  }

  private long simulate(IterationWork work) {
    List<DeviceReport> reports = runner.simulateAll(work.decodes, work.chunks, iteration);
    long cycles = Pipeline.iterationCycles(variant.shard(), reports);
    tally.simulated(work, cycles, reports, runner.channelMaxOverMean(work.decodes));
    if (mode == Mode.SNAPSHOTS) {
      tally.snapshot(
          new IterationRecord(
              iteration,
              work.decodes.size(),
              work.sequenceTokens,
              cycles,
              Pipeline.iterationEnergy(variant.shard(), reports),
              reports),
          budget.peakFraction(service.residents()));
    }
    return cycles;
  }

  private void pass(boolean busy) {
    double used = (double) service.keptTokens() * budget.bytesPerToken();
    tally.pass(clock.nowNanos(), busy, service.size(), kv, used);
  }

  private void progress() {
    if (mode == Mode.SERVING) {
      observer.progress(variant.name(), tally.completed(), variant.workload().requests());
    } else if (isSnapshot()) {
      observer.progress(variant.name(), tally.iterations(), variant.measure().snapshots());
    }
  }

  private boolean isSnapshot() {
    MeasureSpec measure = variant.measure();
    long since = iteration - measure.warmupIterations();
    return since >= 0 && since % measure.everyIterations() == 0;
  }

  /**
   * The coming iteration. If nothing comes of a plan because those admitted were sent to channels
   * without room, the scheduler plans again without them.
   */
  private IterationWork work() {
    List<WaitingRequest> waiting = line.views();
    while (true) {
      IterationWork work = service.apply(plan(waiting), iteration, clock.nowNanos());
      if (!work.isEmpty() || work.withoutRoom.isEmpty()) {
        return work;
      }
      waiting = new ArrayList<>(waiting);
      waiting.removeIf(request -> work.withoutRoom.contains(request.id()));
    }
  }

  private IterationPlan plan(List<WaitingRequest> waiting) {
    ServingState state =
        new ServingState(
            iteration,
            clock.nowNanos(),
            waiting,
            service.views(),
            limits,
            kv.state(),
            variant.system().parameters().scheduler(),
            variant.seed());
    return wiring.scheduler().service().plan(state);
  }

  private IllegalStateException idleScheduler() {
    return new IllegalStateException(
        "scheduler %s does nothing at iteration %d, though %d requests are in service and %d wait"
            .formatted(wiring.scheduler().info().name(), iteration, service.size(), line.size()));
  }

  private int[] place(List<Resident> residents, List<Newcomer> newcomers, long placed) {
    return runner.place(residents, newcomers, kv.state(), placed, iteration);
  }

  /** Why a request can never be served, null when it can. */
  private String refusal(Request request) {
    int longest = request.promptTokens() + request.outputTokens() - 1;
    if (!limits.chunks()
        && variant.serving().prefill().mode() == PrefillSpec.Mode.MIXED
        && longest > limits.tokenBudget()) {
      return "prompt and output of %d tokens exceed the budget of %d tokens an iteration"
          .formatted(longest, limits.tokenBudget());
    }
    return budget.refusal(longest);
  }
}
