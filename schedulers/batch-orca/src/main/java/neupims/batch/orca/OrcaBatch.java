// SPDX-License-Identifier: Apache-2.0
package neupims.batch.orca;

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
 * Iteration-level scheduling with selective batching (Yu et al., Orca, OSDI 2022): at every
 * iteration requests that are done have left and those who wait take their places, first come,
 * first served, as long as the batch and the KV cache have room; prompts and decodes share an
 * iteration. KV cache is reserved to the end when a request is admitted (Orca's algorithm 1
 * reserves {@code max_tokens} slots), so nobody is ever put back: by default for the longest
 * sequence of the model, which is what the vLLM paper calls Orca (Max), or for the request's own
 * length, its Orca (Oracle).
 *
 * <p>Differences: one engine, where Orca schedules a pipeline of them; slots are blocks of the
 * channel that the placement policy chooses.
 */
@Component(
    property =
        "service.description=Orca: iteration level, first come first served, KV cache reserved to"
            + " the end")
@NeupimsName("orca")
public final class OrcaBatch implements BatchScheduler {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.flag(
            "reserveOwnLength",
            false,
            "KV cache is reserved for a request's own prompt and output, not for the longest"
                + " sequence of the model"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    boolean own = state.parameters().flag("reserveOwnLength");
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    for (WaitingRequest request : state.waiting()) {
      int length = request.request().promptTokens() + request.request().outputTokens() - 1;
      if (draft.preempts() || !draft.admit(request, own ? length : state.limits().maxTokens(), 0)) {
        break;
      }
    }
    return draft.plan();
  }
}
