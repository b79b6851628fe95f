// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.IterationLine;
import neupims.api.run.IterationRecord;
import neupims.api.run.MeasureSpec;
import neupims.api.run.MeasureSpec.Mode;

/** Tells tally, log and observer of a replica's iterations. */
final class Chronicle {
  private final int replica;
  private final ReplicaSetting setting;
  private final ServingTally tally;

  Chronicle(int replica, ReplicaSetting setting, ServingTally tally) {
    this.replica = replica;
    this.setting = setting;
    this.tally = tally;
  }

  /** Whether an iteration is simulated on the device. */
  boolean simulates(long iteration) {
    MeasureSpec measure = setting.variant().measure();
    long since = iteration - measure.warmupIterations();
    return setting.mode() == Mode.SERVING || since >= 0 && since % measure.everyIterations() == 0;
  }

  /** An iteration has been simulated; its requests are still in service. */
  void measured(Underway done, Service service) {
    tally.simulated(done.work(), done.cycles(), done.reports(), done.channelRatio());
    if (setting.mode() == Mode.SNAPSHOTS) {
      tally.snapshot(
          new IterationRecord(
              done.iteration(),
              done.work().decodes.size(),
              done.work().sequenceTokens,
              done.cycles(),
              Pipeline.iterationEnergy(setting.variant().shard(), done.reports()),
              done.reports()),
          setting.budget().peakFraction(service.residents()));
    }
  }

  /** An iteration is over. */
  void ended(Underway done, long nowNanos, int emitted) {
    tally.emitted(done.simulated() ? emitted : 0);
    tally.ended();
    String name = setting.variant().name();
    if (setting.mode() == Mode.SERVING) {
      setting.log().iteration(line(done, nowNanos, emitted));
      long of = setting.variant().workload().requests();
      setting.observer().progress(name, tally.completed(), of);
    } else if (done.simulated()) {
      int of = setting.variant().measure().snapshots();
      setting.observer().progress(name, tally.iterations(), of);
    }
  }

  private IterationLine line(Underway done, long nowNanos, int emitted) {
    IterationWork work = done.work();
    return new IterationLine(
        done.iteration(),
        done.startNanos(),
        nowNanos,
        work.decodes.size(),
        work.promptTokens,
        emitted,
        done.inService(),
        done.waiting(),
        work.admitted,
        work.recomputed + work.swapped,
        done.kvFraction(),
        done.cycles(),
        replica);
  }
}
