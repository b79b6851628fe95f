// SPDX-License-Identifier: Apache-2.0
package narrow;

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
 * First come, first served, with fewer in service than would fit: short iterations, a long queue.
 */
@Component(property = "service.description=sample: first come first served, few at a time")
@NeupimsName("narrow")
public final class NarrowScheduler implements BatchScheduler {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(ParameterSpec.integer("atOnce", 8, 1, 100_000, "most requests in service"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    long places = state.parameters().integer("atOnce") - state.running().size();
    PlanDraft draft = new PlanDraft(state); // keeps to batch, token budget and KV cache
    draft.run(state.running(), false); // whoever is in service goes on
    for (WaitingRequest waiting : state.waiting()) {
      boolean enters = places > 0 && !draft.preempts();
      if (!enters || !draft.admit(waiting, waiting.knownTokens(), 1)) {
        break; // nobody overtakes
      }
      places--;
    }
    return draft.plan();
  }
}
