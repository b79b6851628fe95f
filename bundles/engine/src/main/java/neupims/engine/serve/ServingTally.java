// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.Utilization;
import neupims.api.run.FidelityReport;
import neupims.api.run.IterationRecord;
import neupims.api.run.MeasureSpec.Mode;
import neupims.api.run.PluginInfo;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLog;
import neupims.api.run.ServingResult;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;
import neupims.engine.energy.EnergyModel;

/** What a variant's run adds up to: of the whole run, and of the part that is measured. */
final class ServingTally {
  private final Variant variant;
  private final Supplier<List<PluginInfo>> plugins;
  private final Happenings happenings;
  private final Mode mode;
  private final Supplier<Optional<FidelityReport>> fidelity;
  private final RunLog log;
  private final long startNanos = System.nanoTime();
  private final List<IterationRecord> steps = new ArrayList<>();
  private final Warnings warnings = new Warnings();
  private final QueueTrend trend = new QueueTrend();
  private DeviceTally device;
  private final InSystem inSystem;
  private ReplicaTimes time;
  private RequestTally requests;
  private final KvTally kv = new KvTally();
  private PrefillTally prefills;
  private boolean open;
  private long tokens;
  private long iterations;
  private long completed;
  private long linesSkipped;

  /**
   * Nothing measured yet.
   *
   * @param plugins those that took part, asked for at the end
   * @param fidelity how far the device can be trusted, asked for at the end
   */
  ServingTally(
      Variant variant,
      Supplier<List<PluginInfo>> plugins,
      Happenings happenings,
      Mode mode,
      Supplier<Optional<FidelityReport>> fidelity,
      RunLog log) {
    this.variant = variant;
    this.plugins = plugins;
    this.happenings = happenings;
    this.mode = mode;
    this.fidelity = fidelity;
    this.log = log;
    int replicas = variant.serving().replicas().count();
    inSystem = new InSystem(replicas);
    time = new ReplicaTimes(replicas, 0);
    device = new DeviceTally(variant.shard());
    requests = new RequestTally(variant.serving().slo());
    open = mode == Mode.SNAPSHOTS;
    EnergyModel.missing(variant.system()).ifPresent(warnings::add);
  }

  /** What the requests' source has to say. */
  void opened(RequestStream requests) {
    requests.warnings().forEach(this::warn);
    linesSkipped = requests.linesSkipped();
  }

  void warn(String line) {
    warnings.add(line);
  }

  void rejected(Request request, String why) {
    warnings.rejected(request, why);
  }

  /** A request is taken in by a replica, or is {@link Sequence#UNROUTED}. */
  void arrived(int replica, long nanos) {
    inSystem.arrived(replica);
    time.of(replica).arrivedBefore(nanos);
  }

  /** A request that was not routed yet is a replica's now; time has passed on both. */
  void routed(int replica) {
    inSystem.left(Sequence.UNROUTED);
    inSystem.arrived(replica);
  }

  /** Time passes where requests are not routed yet. */
  void passUnrouted(long toNanos) {
    int there = inSystem.at(Sequence.UNROUTED);
    time.of(Sequence.UNROUTED).pass(toNanos, false, there, 0, 0, 0);
  }

  /** What prefill groups do is part of the result. */
  PrefillTally prefills(int groups) {
    prefills = new PrefillTally(groups, time.replicas());
    return prefills;
  }

  /** Requests that a replica has taken in and not finished. */
  int inSystem(int replica) {
    return inSystem.at(replica);
  }

  /** Simulated time of the replica that is furthest. */
  long nowNanos() {
    return time.nowNanos();
  }

  long iterations() {
    return device.iterations();
  }

  long completed() {
    return completed;
  }

  void finished(Sequence sequence) {
    completed++;
    inSystem.left(sequence.replica);
    time.of(sequence.replica).leftBefore(sequence.lastTokenNanos);
    trend.add(sequence.request.arrivalNanos() / 1e9, sequence.waitedNanos / 1e9);
    if (open) {
      requests.finished(sequence);
    }
    if (mode == Mode.SERVING) {
      log.request(
          new RequestLine(
              sequence.request,
              sequence.admittedNanos,
              sequence.firstTokenNanos,
              sequence.lastTokenNanos,
              sequence.preemptions,
              sequence.replica));
    }
  }

  /** Opens the window at an iteration boundary if it is time. */
  void openIfDue(long nowNanos) {
    WindowSpec window = variant.measure().window();
    if (!open
        && completed >= window.warmupRequests()
        && nowNanos >= window.warmupSeconds() * 1e9
        && iterations >= window.warmupIterations()) {
      open = true;
      tokens = 0;
      device = new DeviceTally(variant.shard());
      time = new ReplicaTimes(time.replicas(), nowNanos);
      if (prefills != null) {
        prefills.open(nowNanos);
      }
      requests = new RequestTally(variant.serving().slo());
      kv.restart();
    }
  }

  /** Whether all has been measured that should be. */
  boolean done() {
    if (mode == Mode.SNAPSHOTS) {
      return device.iterations() >= variant.measure().snapshots();
    }
    WindowSpec window = variant.measure().window();
    return open
        && (reached(window.requests(), requests.total.size())
            || reached(window.iterations(), device.iterations())
            || window.seconds() > 0 && time.seconds() >= window.seconds());
  }

  private static boolean reached(long limit, long now) {
    return limit > 0 && now >= limit;
  }

  /** Time passes on a replica. */
  void pass(
      int replica, long toNanos, boolean busy, int inService, KvAccount account, double usedBytes) {
    int there = inSystem.at(replica);
    time.of(replica).pass(toNanos, busy, there, inService, account.allocated(), usedBytes);
  }

  /** A group of the prefill pool emitted a request's token. */
  void prefilled(Sequence sequence, Optional<Energy> energy) {
    tokens++;
    device.add(energy);
    if (sequence.finished()) {
      finished(sequence);
    }
  }

  /** A replica's plan has been carried out; its iteration waits so long for KV cache to move. */
  void planned(int replica, IterationWork work, KvAccount account, long moveNanos) {
    kv.planned(work, account.takePeak());
    time.of(replica).swap(moveNanos);
  }

  /** An iteration is over, measured or not. */
  void ended() {
    iterations++;
  }

  /** An iteration has been simulated. */
  void simulated(
      IterationWork work, long stepCycles, List<DeviceReport> reports, double channelRatio) {
    device.add(work, stepCycles, reports, channelRatio);
  }

  /** Output tokens of an iteration that has been simulated. */
  void emitted(int count) {
    tokens += count;
  }

  void snapshot(IterationRecord step, double kvFraction) {
    steps.add(step);
    kv.peak(kvFraction);
  }

  VariantResult result(String stopped, String failure, KvBudget budget) {
    if (device.iterations() == 0 && stopped.equals("completed")) {
      warnings.nothingMeasured(mode);
    }
    if (mode == Mode.SNAPSHOTS && kv.peak() > 1) {
      warnings.overCommitted(kv.peak());
    }
    warnings.othersRejected();
    Optional<ServingResult> serving =
        mode == Mode.SERVING ? Optional.of(serving(budget)) : Optional.empty();
    return new VariantResult(
        variant,
        mode,
        device.iterations(),
        completed,
        tokens,
        serving.isPresent()
            ? time.seconds()
            : variant.system().memory().clock().seconds(device.cycles()),
        device.meanBlockCycles(),
        utilization(),
        device.energy(),
        kv.peak(),
        device.meanMaxOverMean(),
        device.meanSequenceTokens(),
        linesSkipped,
        steps,
        serving,
        fidelity.get(),
        happenings.events(),
        happenings.swaps(),
        warnings.lines(),
        plugins.get(),
        (System.nanoTime() - startNanos) / 1e9,
        stopped,
        failure);
  }

  private Utilization utilization() {
    return mode == Mode.SNAPSHOTS
        ? device.ofBlocks()
        : device.over(time.seconds() * variant.system().memory().clock().hertz() * time.replicas());
  }

  private ServingResult serving(KvBudget budget) {
    if (trend.overloaded()) {
      warnings.overloaded(trend.slope());
    }
    return new ServingResult(
        time.openedNanos() / 1e9,
        time.openedNanos() / 1e9 + time.seconds(),
        requests.total.size(),
        requests.ttft.distribution(),
        requests.tpot.distribution(),
        requests.total.distribution(),
        requests.queue.distribution(),
        requests.rates(time.seconds(), warnings.rejected(), inSystem.all()),
        kv.use(time, budget),
        new ServingResult.Load(
            time.busyFraction(),
            device.meanBatch(),
            time.meanInSystem(),
            time.meanInSystem() - time.meanInService(),
            trend.slope(),
            trend.overloaded()),
        Optional.ofNullable(prefills).map(PrefillTally::use));
  }
}
