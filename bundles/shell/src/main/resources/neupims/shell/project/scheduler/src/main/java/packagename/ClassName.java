// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.List;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * First come, first served, but for a request that finds no room: smaller ones may overtake it
 * until it has waited for too long.
 *
 * <p>A scheduler is a pure function: everything it may know is in the state, and it keeps nothing
 * between two calls. That is what lets a run swap it for another one between two iterations.
 */
@Component(
    property =
        "service.description=first come first served, small requests may overtake for a while")
@NeupimsName("plugin-name")
public final class ClassName implements BatchScheduler {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Becomes {@code schedulerParameters.patienceMillis} in experiment files. */
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.integer(
            "patienceMillis",
            200,
            0,
            3_600_000,
            "simulated milliseconds after which nobody overtakes a request that waits"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    long patienceNanos = state.parameters().integer("patienceMillis") * NANOS_PER_MILLI;
    // Keeps count of batch, token budget and KV cache.
    PlanDraft draft = new PlanDraft(state);
    // Whoever is in service comes first; where KV cache runs out the last one is put back.
    draft.run(state.running(), false);
    for (WaitingRequest waiting : state.waiting()) {
      if (draft.preempts()) {
        break;
      }
      boolean admitted = draft.admit(waiting, waiting.knownTokens(), 1);
      long waited = state.nowNanos() - waiting.request().arrivalNanos();
      if (!admitted && waited > patienceNanos) {
        break;
      }
    }
    return draft.plan();
  }
}
