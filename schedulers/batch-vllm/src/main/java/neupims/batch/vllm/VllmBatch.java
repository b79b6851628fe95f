// SPDX-License-Identifier: Apache-2.0
package neupims.batch.vllm;

import java.util.ArrayList;
import java.util.Comparator;
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
 * Paged KV cache (Kwon et al., vLLM, SOSP 2023, sec. 4.5; the rules are those of its scheduler up
 * to version 0.3): blocks are handed out as sequences grow. Prompts go first: as long as those who
 * wait, first come, first served, fit into free blocks above a watermark, an iteration works on
 * their prompts alone. Otherwise everybody in service decodes; when blocks run out the latest
 * arrival is put back, its KV cache dropped or swapped to the host. While somebody is swapped out
 * nobody new is admitted, and whoever was put back in an iteration frees blocks for nobody new in
 * it.
 *
 * <p>Differences: blocks are those of a request's channel, so who is put back is the latest arrival
 * in that channel, and the watermark is kept in the channel; where prompts cost nothing here, those
 * admitted decode at once with the others.
 */
@Component(
    property =
        "service.description=vLLM: paged KV cache, admission by free blocks, preemption when full")
@NeupimsName("vllm")
public final class VllmBatch implements BatchScheduler {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.integer(
            "watermarkPercent",
            1,
            0,
            100,
            "share of a channel's KV blocks that admission leaves free (vLLM: 0.01)"),
        ParameterSpec.flag(
            "swap",
            false,
            "KV cache of a preempted request is swapped to the host, not recomputed (vLLM"
                + " recomputes single sequences)"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    long spare = spareBlocks(state);
    List<WaitingRequest> swapped = state.waiting().stream().filter(w -> w.swapped()).toList();
    if (swapped.isEmpty()) {
      PlanDraft prompts = new PlanDraft(state);
      admit(prompts, state.waiting(), false, spare);
      if (prompts.admits()) {
        return prompts.plan();
      }
    }
    PlanDraft draft = new PlanDraft(state);
    draft.run(byArrival(state.running()), state.parameters().flag("swap"));
    if (!draft.preempts()) {
      admit(draft, swapped.isEmpty() ? state.waiting() : swapped, true, spare);
    }
    return draft.plan();
  }

  /** Admits in order those who decode at once, or those whose prompt has to be worked on. */
  private static void admit(
      PlanDraft draft, List<WaitingRequest> waiting, boolean decodes, long spare) {
    for (WaitingRequest request : waiting) {
      boolean wanted = decodes == (request.swapped() || request.remainingTokens() == 1);
      if (!wanted || !draft.admit(request, request.knownTokens(), spare)) {
        break;
      }
    }
  }

  private static long spareBlocks(ServingState state) {
    long percent = state.parameters().integer("watermarkPercent");
    return (state.kv().regionBlocks() * percent + 99) / 100;
  }

  /** Ids are in order of arrival; who was put back comes late in order of admission. */
  private static List<RunningRequest> byArrival(List<RunningRequest> running) {
    for (int i = 1; i < running.size(); i++) {
      if (running.get(i - 1).id() > running.get(i).id()) {
        List<RunningRequest> sorted = new ArrayList<>(running);
        sorted.sort(Comparator.comparingLong(RunningRequest::id));
        return sorted;
      }
    }
    return running;
  }
}
