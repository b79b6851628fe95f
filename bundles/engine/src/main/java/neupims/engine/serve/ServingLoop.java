// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Resident;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.IterationRecord;
import neupims.api.run.MeasureSpec;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;

/**
 * The iterations of one variant: plan, place, (measure,) emit tokens, let finished requests leave.
 * Iterations that are not measured pass without the device, in no simulated time: they only age the
 * batch.
 */
final class ServingLoop {
  private final Variant variant;
  private final Wiring wiring;
  private final KvBudget budget;
  private final BatchRunner runner;
  private final RunObserver observer;
  private final RequestStream requests;
  private final WaitingLine line;
  private final RunTally tally;

  private List<RunningRequest> running = new ArrayList<>();
  private long iteration;
  private long nowNanos;
  private long placed;
  private volatile boolean stopped;

  ServingLoop(Variant variant, Wiring wiring, DeviceSimulator simulator, RunObserver observer) {
    this.variant = variant;
    this.wiring = wiring;
    this.observer = observer;
    budget = KvBudget.of(variant, wiring);
    runner = new BatchRunner(variant, wiring, simulator);
    tally = new RunTally(variant, wiring);
    WorkloadSpec workload =
        variant.workload().spec(variant.shard().model().maxPositions(), variant.seed());
    requests = wiring.source().service().open(workload);
    requests.warnings().forEach(tally::warn);
    tally.skipped(requests.linesSkipped());
    line = new WaitingLine(requests, variant.maxBatch());
  }

  VariantResult run() {
    try (requests) {
      return serve();
    }
  }

  private VariantResult serve() {
    MeasureSpec measure = variant.measure();
    while (tally.measured() < measure.snapshots()) {
      if (stopped) {
        return tally.result("interrupted", null);
      }
      line.arrive(nowNanos);
      IterationPlan plan = plan();
      if (plan.admit().isEmpty() && plan.run().isEmpty()) {
        break;
      }
      admit(plan.admit());
      Set<Long> active = active(plan);
      if (measures(measure)) {
        measure(active);
        observer.progress(variant.name(), tally.measured(), measure.snapshots());
      }
      emit(active);
      iteration++;
    }
    return tally.result("completed", null);
  }

  /** Ends the run at the next iteration boundary; from any thread. */
  void stop() {
    stopped = true;
  }

  /** What was done before a failure, and the failure in one line. */
  VariantResult failed(Throwable cause) {
    String message = cause.getMessage();
    return tally.result("failed", message == null ? cause.toString() : message);
  }

  private boolean measures(MeasureSpec measure) {
    long since = iteration - measure.warmupIterations();
    return since >= 0 && since % measure.everyIterations() == 0;
  }

  private IterationPlan plan() {
    IterationPlan plan =
        wiring
            .scheduler()
            .service()
            .plan(
                new ServingState(iteration, nowNanos, line.waiting(), running, variant.maxBatch()));
    new PlanCheck(wiring.scheduler().info().name(), iteration, variant.maxBatch())
        .check(plan, line.waiting(), running);
    return plan;
  }

  /** Places the admitted requests; one that no empty channel could hold is turned away by name. */
  private void admit(List<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    Set<Long> wanted = new HashSet<>(ids);
    List<Request> admitted = new ArrayList<>();
    List<Newcomer> newcomers = new ArrayList<>();
    for (Request request : line.waiting()) {
      if (wanted.contains(request.id()) && fits(request)) {
        admitted.add(request);
        newcomers.add(new Newcomer(request.id(), request.promptTokens()));
      }
    }
    int[] channels = runner.place(residents(running), newcomers, placed);
    for (int i = 0; i < channels.length; i++) {
      running.add(new RunningRequest(admitted.get(i), channels[i], 0));
    }
    placed += channels.length;
    line.remove(wanted);
  }

  private boolean fits(Request request) {
    String refusal = budget.refusal(request.promptTokens() + request.outputTokens() - 1);
    if (refusal != null) {
      tally.warn("request " + request.id() + " is rejected: " + refusal);
    }
    return refusal == null;
  }

  private static Set<Long> active(IterationPlan plan) {
    Set<Long> active = new HashSet<>(plan.run());
    active.addAll(plan.admit());
    return active;
  }

  private void measure(Set<Long> active) {
    List<Resident> batch =
        residents(running.stream().filter(r -> active.contains(r.request().id())).toList());
    if (batch.isEmpty()) {
      return;
    }
    List<DeviceReport> reports = new ArrayList<>();
    for (List<Resident> microBatch : microBatches(batch)) {
      reports.add(runner.simulate(microBatch, iteration));
    }
    long cycles = Pipeline.iterationCycles(variant.shard(), reports);
    double seconds = variant.system().memory().clock().seconds(cycles);
    nowNanos += Math.round(seconds * 1e9);
    long tokens = batch.stream().mapToLong(Resident::sequenceTokens).sum();
    tally.measured(
        new IterationRecord(
            iteration,
            batch.size(),
            tokens,
            cycles,
            Pipeline.iterationEnergy(variant.shard(), reports),
            reports),
        runner.channelMaxOverMean(batch),
        budget.peakFraction(residents(running)));
  }

  /** One micro-batch per pipeline device, dealt in order of admission. */
  private List<List<Resident>> microBatches(List<Resident> batch) {
    int depth = Math.min(variant.shard().parallelism().pipeline(), batch.size());
    List<List<Resident>> microBatches = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      microBatches.add(new ArrayList<>());
    }
    for (int i = 0; i < batch.size(); i++) {
      microBatches.get(i % depth).add(batch.get(i));
    }
    return microBatches;
  }

  private void emit(Set<Long> active) {
    List<RunningRequest> stay = new ArrayList<>(running.size());
    for (RunningRequest r : running) {
      if (!active.contains(r.request().id())) {
        stay.add(r);
      } else if (r.generatedTokens() + 1 < r.request().outputTokens()) {
        stay.add(new RunningRequest(r.request(), r.channel(), r.generatedTokens() + 1));
      } else {
        tally.completed();
      }
    }
    running = stay;
  }

  private static List<Resident> residents(List<RunningRequest> running) {
    List<Resident> residents = new ArrayList<>(running.size());
    for (RunningRequest r : running) {
      residents.add(new Resident(r.request().id(), r.channel(), r.sequenceTokens()));
    }
    return residents;
  }
}
