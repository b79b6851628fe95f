// SPDX-License-Identifier: Apache-2.0
package neupims.batch.staticbatch;

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
 * Request-level scheduling, as inference servers did it before Orca (Yu et al., OSDI 2022, sec. 2
 * describes it): a batch is formed of those who wait, first come, first served, and runs until its
 * last request is done; only then the next is formed. KV cache is reserved for the longest sequence
 * of the model, so nobody is ever put back.
 *
 * <p>Differences from those servers: a batch is formed of whoever waits, without waiting for it to
 * fill; a request that is done leaves and its slot stays empty, where the servers go on computing
 * padding for it and answer all together at the end.
 */
@Component(property = "service.description=a batch runs to its end before the next is formed")
@NeupimsName("static")
public final class StaticBatch implements BatchScheduler {
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
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    if (state.running().isEmpty()) {
      boolean own = state.parameters().flag("reserveOwnLength");
      for (WaitingRequest request : state.waiting()) {
        int length = request.request().promptTokens() + request.request().outputTokens() - 1;
        if (!draft.admit(request, own ? length : state.limits().maxTokens(), 0)) {
          break;
        }
      }
    }
    return draft.plan();
  }
}
