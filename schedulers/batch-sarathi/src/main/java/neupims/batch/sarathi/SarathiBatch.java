// SPDX-License-Identifier: Apache-2.0
package neupims.batch.sarathi;

import java.util.ArrayList;
import java.util.List;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * Stall-free batching with chunked prefill (Agrawal et al., Sarathi-Serve, OSDI 2024, algorithm 3):
 * an iteration has a token budget; all decodes take part, then prompts that have been begun, then
 * new ones, first come, first served, each with as large a chunk as the budget leaves. No decode
 * ever waits for a prompt. KV cache is paged with a watermark; when it runs out the last in service
 * is put back and recomputed.
 *
 * <p>Differences: blocks are those of a request's channel; blocks for a whole prompt are taken when
 * its first chunk is admitted, as vLLM does, on which Sarathi-Serve is built. Without {@code
 * prefill=chunked} prompts are worked on whole, under the experiment's budget alone.
 */
@Component(
    property =
        "service.description=Sarathi-Serve: chunked prefill under a token budget, decodes first")
@NeupimsName("sarathi")
public final class SarathiBatch implements BatchScheduler {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.integer(
            "tokenBudget",
            512,
            1,
            1_048_576,
            "most tokens of an iteration where prompts are chunked (Sarathi-Serve: 512 to 2,048)"),
        ParameterSpec.integer(
            "watermarkPercent",
            1,
            0,
            100,
            "share of a channel's KV blocks that admission leaves free (vLLM: 0.01)"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    boolean chunks = state.limits().chunks();
    long own = chunks ? state.parameters().integer("tokenBudget") : Integer.MAX_VALUE;
    PlanDraft draft = new PlanDraft(state, (int) own);
    draft.run(decodesFirst(state.running()), false);
    long percent = state.parameters().integer("watermarkPercent");
    long spare = (state.kv().regionBlocks() * percent + 99) / 100;
    for (WaitingRequest request : state.waiting()) {
      if (draft.preempts() || !draft.admit(request, request.knownTokens(), spare)) {
        break;
      }
    }
    return draft.plan();
  }

  private static List<RunningRequest> decodesFirst(List<RunningRequest> running) {
    List<RunningRequest> prompts = new ArrayList<>();
    List<RunningRequest> order = new ArrayList<>(running.size());
    for (RunningRequest request : running) {
      (request.remainingTokens() == 1 ? order : prompts).add(request);
    }
    order.addAll(prompts);
    return order;
  }
}
