// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.schedule.Admission;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.TokenRun;

/**
 * Holds a batch scheduler to its contract and notes in the sequences what a plan wants of them.
 * Plans name requests mostly in order of admission, which makes looking them up quick.
 */
final class PlanReader {
  private final ServingLimits limits;
  private final List<Sequence> running;
  private final WaitingLine line;
  private final KvAccount kv;
  private final Map<Long, Sequence> byId = new HashMap<>();
  private final List<Sequence> runners = new ArrayList<>();
  private final List<Sequence> preempted = new ArrayList<>();
  private final List<Sequence> admitted = new ArrayList<>();
  private boolean indexed;
  private int cursor;

  PlanReader(ServingLimits limits, List<Sequence> running, WaitingLine line, KvAccount kv) {
    this.kv = kv;
    this.limits = limits;
    this.running = running;
    this.line = line;
  }

  /**
   * Reads a plan: who runs has {@link Sequence#runTokens}, who leaves {@link Sequence#leaves}.
   *
   * @throws Trouble if it breaks the scheduler's contract; nothing has changed then
   */
  void read(IterationPlan plan) {
    try {
      note(plan);
      requireRoom(plan.preempt());
    } catch (Trouble broken) {
      running.forEach(PlanReader::forget);
      admitted.forEach(PlanReader::forget);
      throw broken;
    }
  }

  private static void forget(Sequence sequence) {
    sequence.runTokens = 0;
    sequence.leaves = false;
    sequence.reserveTokens = Sequence.NEVER;
  }

  /** The KV cache has room for those who move to the host and for those who run. */
  private void requireRoom(List<Preemption> preemptions) {
    KvAccount.Trial trial = kv.trial();
    for (int i = 0; i < preempted.size(); i++) {
      Sequence sequence = preempted.get(i);
      boolean swaps = preemptions.get(i).mode() == Preemption.Mode.SWAP;
      if (!trial.give(sequence, swaps)) {
        throw broken("swaps request %d, for which the host has no room", sequence.id());
      }
    }
    for (Sequence sequence : runners) {
      if (!trial.grow(sequence)) {
        throw broken(
            "runs request %d, for whose next tokens its channel has no room", sequence.id());
      }
    }
  }

  private void note(IterationPlan plan) {
    cursor = 0;
    indexed = false;
    runners.clear();
    preempted.clear();
    admitted.clear();
    for (Preemption preemption : plan.preempt()) {
      readPreemption(preemption.request());
    }
    for (Admission admission : plan.admit()) {
      readAdmission(admission);
    }
    cursor = 0;
    long total = 0;
    for (TokenRun run : plan.run()) {
      total += readRun(run);
    }
    admitted.forEach(sequence -> sequence.reserveTokens = Sequence.NEVER);
    int after = running.size() - preempted.size() + admitted.size();
    if (after > limits.maxBatch() && !admitted.isEmpty()) {
      throw broken("takes %d requests into service, over the limit of " + limits.maxBatch(), after);
    }
    if (total > limits.tokenBudget()) {
      throw broken("works on %d tokens, over the budget of " + limits.tokenBudget(), total);
    }
  }

  /** Requests in service that the plan runs. */
  List<Sequence> runners() {
    return runners;
  }

  /** Requests that the plan preempts, in its order. */
  List<Sequence> preempted() {
    return preempted;
  }

  /** Requests that the plan admits, in its order. */
  List<Sequence> admitted() {
    return admitted;
  }

  private void readPreemption(long id) {
    Sequence sequence = inService(id);
    if (sequence == null) {
      throw broken("preempts request %d, which is not in service", id);
    }
    if (sequence.leaves) {
      throw broken("preempts request %d twice", id);
    }
    sequence.leaves = true;
    preempted.add(sequence);
  }

  private void readAdmission(Admission admission) {
    Sequence sequence = line.find(admission.request());
    if (sequence == null) {
      throw broken("admits request %d, which does not wait", admission.request());
    }
    if (sequence.reserveTokens != Sequence.NEVER) {
      throw broken("admits request %d twice", sequence.id());
    }
    sequence.reserveTokens = admission.reserveTokens();
    admitted.add(sequence);
  }

  private int readRun(TokenRun run) {
    Sequence sequence = nextInService(run.request()) ? running.get(cursor++) : admitted(run);
    if (sequence == null) {
      sequence = inService(run.request());
    }
    if (sequence == null) {
      throw broken("runs request %d, which is not in service", run.request());
    }
    if (sequence.runTokens != 0 || sequence.leaves) {
      throw broken("runs request %d, which it runs or preempts already", sequence.id());
    }
    int least = limits.chunks() ? 1 : sequence.remaining();
    if (run.tokens() < least || run.tokens() > sequence.remaining()) {
      throw broken(
          "runs request %d with " + run.tokens() + " of " + sequence.remaining() + " tokens",
          sequence.id());
    }
    sequence.runTokens = run.tokens();
    if (sequence.reserveTokens == Sequence.NEVER) {
      runners.add(sequence);
    }
    return run.tokens();
  }

  private boolean nextInService(long id) {
    while (cursor < running.size() && running.get(cursor).leaves) {
      cursor++;
    }
    return cursor < running.size() && running.get(cursor).id() == id;
  }

  private Sequence admitted(TokenRun run) {
    if (admitted.isEmpty()) {
      return null;
    }
    Sequence sequence = line.find(run.request());
    return sequence == null || sequence.reserveTokens == Sequence.NEVER ? null : sequence;
  }

  /** The request of an id that is in service, null when it is not. */
  private Sequence inService(long id) {
    if (!indexed) {
      byId.clear();
      running.forEach(sequence -> byId.put(sequence.id(), sequence));
      indexed = true;
    }
    return byId.get(id);
  }

  private static Trouble broken(String message, long number) {
    return Trouble.broke(message.formatted(number));
  }
}
