// SPDX-License-Identifier: Apache-2.0
package neupims.itests.plugins;

import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;

/** Does all that a scheduler must. */
public final class FirstComeScheduler implements BatchScheduler {
  @Override
  public IterationPlan plan(ServingState state) {
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    for (WaitingRequest waiting : state.waiting()) {
      int length = waiting.request().promptTokens() + waiting.request().outputTokens();
      if (draft.preempts() || !draft.admit(waiting, length, 0)) {
        break;
      }
    }
    return draft.plan();
  }
}
