// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.Admission;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingLimits;

/**
 * The requests in service and what a plan does to them:
 *
 * <pre>
 *            admit                  run: all remaining tokens worked on emits a token
 * waiting ----------> in service: prefill (over 1 token remains) -> decode (1 remains) -> finished
 *    ^                    |
 *    '--- preempt --------'  recompute: nothing cached any more; swap: cached, on the host
 * </pre>
 *
 * The scheduler is held to its contract by {@link PlanReader}; what is applied is right.
 */
final class Service {
  /** Chooses channels for newcomers. */
  interface Placer {
    int[] place(List<Resident> residents, List<Newcomer> newcomers, long placed);
  }

  private final KvAccount kv;
  private final WaitingLine line;
  private final Intake intake;
  private final Placer placer;
  private final PlanReader reader;
  private final List<Sequence> running = new ArrayList<>();
  private long placed;
  private long keptTokens;

  Service(KvAccount kv, WaitingLine line, Intake intake, Placer placer, ServingLimits limits) {
    this.kv = kv;
    this.line = line;
    this.intake = intake;
    this.placer = placer;
    reader = new PlanReader(limits, running, line, kv);
  }

  int size() {
    return running.size();
  }

  /** Tokens in the KV caches of all in service. */
  long keptTokens() {
    return keptTokens;
  }

  /** As a scheduler sees them. */
  List<RunningRequest> views() {
    RunningRequest[] views = new RunningRequest[running.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = running.get(i).running();
    }
    return List.of(views);
  }

  /** As a placement policy sees them: with the tokens that their next iteration is about. */
  List<Resident> residents() {
    List<Resident> residents = new ArrayList<>(running.size());
    for (Sequence sequence : running) {
      residents.add(new Resident(sequence.id(), sequence.channel, sequence.known()));
    }
    return residents;
  }

  /**
   * Notes what a plan wants.
   *
   * @param must whether it has to work on something, as nothing else will happen
   * @throws Trouble if that breaks the scheduler's contract; nothing has changed then
   */
  IterationPlan accept(IterationPlan plan, boolean must) {
    if (must && plan.run().isEmpty()) {
      throw Trouble.broke(
          "does nothing, though %d requests are in service, %d wait and no other will come"
              .formatted(running.size(), line.size()));
    }
    reader.read(plan);
    return plan;
  }

  /** Does what a plan wants that has just been accepted. */
  IterationWork apply(IterationPlan plan, long nowNanos) {
    IterationWork work = new IterationWork();
    preempt(plan.preempt(), work, nowNanos);
    grow();
    admit(plan.admit(), work, nowNanos);
    for (Sequence sequence : running) {
      if (sequence.runTokens > 0) {
        work.add(sequence);
      }
    }
    return work;
  }

  private void preempt(List<Preemption> preemptions, IterationWork work, long nowNanos) {
    if (preemptions.isEmpty()) {
      return;
    }
    for (int i = 0; i < preemptions.size(); i++) {
      Sequence sequence = reader.preempted().get(i);
      keptTokens -= kv.kept(sequence.cached);
      sequence.preemptions++;
      sequence.received = 0;
      sequence.waitsSinceNanos = nowNanos;
      if (preemptions.get(i).mode() == Preemption.Mode.SWAP) {
        sequence.hostBlocks = kv.swapOut(sequence);
        sequence.swapped = true;
        work.movedBlocks += sequence.hostBlocks;
        work.swapped++;
        line.add(sequence);
      } else {
        kv.give(sequence);
        work.recomputed++;
        intake.again(sequence, nowNanos);
      }
    }
    removeLeaving();
  }

  private void grow() {
    for (Sequence sequence : reader.runners()) {
      long lacking = kv.blocks(sequence.cached + sequence.runTokens) - sequence.kvBlocks;
      if (lacking > 0) {
        kv.take(sequence, lacking);
      }
    }
  }

  private void admit(List<Admission> admissions, IterationWork work, long nowNanos) {
    if (admissions.isEmpty()) {
      return;
    }
    List<Sequence> wanted = reader.admitted();
    List<Newcomer> newcomers = new ArrayList<>(admissions.size());
    for (int i = 0; i < admissions.size(); i++) {
      Sequence sequence = wanted.get(i);
      int tokens = sequence.cached + sequence.runTokens;
      long blocks = kv.blocks(Math.max(tokens, admissions.get(i).reserveTokens()));
      newcomers.add(new Newcomer(sequence.id(), sequence.known(), blocks));
    }
    int[] channels = placer.place(residents(), newcomers, placed);
    List<Sequence> admitted = new ArrayList<>(wanted.size());
    for (int i = 0; i < channels.length; i++) {
      Sequence sequence = wanted.get(i);
      if (kv.fits(channels[i], newcomers.get(i).kvBlocks())) {
        work.movedBlocks += sequence.hostBlocks;
        kv.leaveHost(sequence.hostBlocks);
        sequence.hostBlocks = 0;
        sequence.admitted(channels[i], nowNanos);
        kv.take(sequence, newcomers.get(i).kvBlocks());
        keptTokens += kv.kept(sequence.cached);
        running.add(sequence);
        admitted.add(sequence);
      } else {
        sequence.runTokens = 0;
        work.withoutRoom.add(sequence.id());
      }
    }
    placed += admitted.size();
    work.admitted = admitted.size();
    line.removeAdmitted(admitted);
  }

  /** The iteration is over: tokens are there, and who has all of them leaves. */
  int finish(IterationWork work, long nowNanos, ServingTally tally, Backlog backlog) {
    int emitted = 0;
    for (Sequence sequence : work.sequences) {
      int tokens = sequence.runTokens;
      sequence.runTokens = 0;
      keptTokens += kv.kept(sequence.cached + tokens) - kv.kept(sequence.cached);
      if (sequence.advance(tokens, nowNanos)) {
        emitted++;
        backlog.emitted(sequence);
        if (sequence.finished()) {
          keptTokens -= kv.kept(sequence.cached);
          kv.give(sequence);
          sequence.leaves = true;
          tally.finished(sequence);
        }
      }
    }
    removeLeaving();
    return emitted;
  }

  private void removeLeaving() {
    int kept = 0;
    for (int i = 0; i < running.size(); i++) {
      Sequence sequence = running.get(i);
      if (sequence.leaves) {
        sequence.leaves = false;
      } else {
        running.set(kept++, sequence);
      }
    }
    running.subList(kept, running.size()).clear();
  }
}
