// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * A plan in the making, for schedulers: keeps count of batch, token budget and KV cache, so that
 * what it takes is within the limits. Made for one plan and thrown away.
 */
public final class PlanDraft {
  private final ServingState state;
  private final KvRoom room;
  private final List<Admission> admit = new ArrayList<>();
  private final List<TokenRun> run;
  private final List<Preemption> preempt = new ArrayList<>();
  private int inService;
  private int budget;

  /** An empty plan for a state. */
  public PlanDraft(ServingState state) {
    this(state, state.limits().tokenBudget());
  }

  /** An empty plan under a token budget of the scheduler's own, if that is the lower one. */
  public PlanDraft(ServingState state, int tokenBudget) {
    this.state = state;
    room = new KvRoom(state.kv());
    run = new ArrayList<>(state.running().size() + 8);
    inService = state.running().size();
    budget = Math.min(tokenBudget, state.limits().tokenBudget());
  }

  /** Whether somebody is or will be in service. */
  public boolean anyInService() {
    return inService > 0;
  }

  /** Whether somebody is put back. */
  public boolean preempts() {
    return !preempt.isEmpty();
  }

  /** Whether somebody is admitted. */
  public boolean admits() {
    return !admit.isEmpty();
  }

  /**
   * Runs requests in service, those in front first, each with all tokens that remain or, where
   * prompts may be worked on in chunks, as many as the budget leaves. Where a channel has no room
   * for the next tokens of one, the last of the list in that channel is preempted, again and again;
   * who is the last itself is preempted.
   *
   * @param order requests in service, in order of importance
   * @param swap whether to move the KV cache of those preempted to the host, if that has room
   */
  public void run(List<RunningRequest> order, boolean swap) {
    int end = order.size();
    boolean[] gone = null;
    for (int i = 0; i < end; i++) {
      if (gone != null && gone[i]) {
        continue;
      }
      RunningRequest request = order.get(i);
      int tokens = tokens(request.remainingTokens());
      if (tokens == 0) {
        continue;
      }
      while (!room.grow(request, tokens)) {
        if (gone == null) {
          gone = new boolean[end];
        }
        int victim = lastOfRegion(order, gone, request);
        gone[victim] = true;
        preempt(order.get(victim), swap);
        if (victim == i) {
          break;
        }
      }
      if (gone == null || !gone[i]) {
        run.add(new TokenRun(request.id(), tokens));
        budget -= tokens;
      }
    }
  }

  private int lastOfRegion(List<RunningRequest> order, boolean[] gone, RunningRequest request) {
    int region = state.kv().region(request.channel());
    for (int i = order.size() - 1; ; i--) {
      if (!gone[i] && state.kv().region(order.get(i).channel()) == region) {
        return i;
      }
    }
  }

  private void preempt(RunningRequest request, boolean swap) {
    boolean swapped = swap && room.swapOut(request);
    Preemption.Mode mode = swapped ? Preemption.Mode.SWAP : Preemption.Mode.RECOMPUTE;
    preempt.add(new Preemption(request.id(), mode));
    room.release(request);
    inService--;
  }

  /**
   * Admits a waiting request and runs it, with all tokens that remain or, in chunks, as many as the
   * budget leaves.
   *
   * @param reserveTokens tokens to set KV cache aside for; if a whole region cannot hold so many,
   *     as many as the request will need at its end
   * @param spareBlocks blocks that must be left in its channel, but for the first in service
   * @return whether batch, budget and KV cache have room; nothing is done otherwise
   */
  public boolean admit(WaitingRequest request, int reserveTokens, long spareBlocks) {
    int tokens = tokens(request.remainingTokens());
    if (tokens == 0 || inService >= state.limits().maxBatch()) {
      return false;
    }
    int reserve = Math.max(reserveTokens, request.cachedTokens() + tokens);
    if (state.kv().blocks(reserve) > state.kv().regionBlocks()) {
      reserve = request.request().promptTokens() + request.request().outputTokens() - 1;
    }
    if (!room.admit(reserve, inService == 0 ? 0 : spareBlocks)) {
      return false;
    }
    admit.add(new Admission(request.id(), reserve));
    run.add(new TokenRun(request.id(), tokens));
    inService++;
    budget -= tokens;
    return true;
  }

  /** Tokens that a request with so many remaining can work on. */
  private int tokens(int remaining) {
    if (remaining <= budget) {
      return remaining;
    }
    return state.limits().chunks() ? budget : 0;
  }

  /** The plan. */
  public IterationPlan plan() {
    return admit.isEmpty() && run.isEmpty() && preempt.isEmpty()
        ? IterationPlan.IDLE
        : new IterationPlan(admit, run, preempt);
  }
}
