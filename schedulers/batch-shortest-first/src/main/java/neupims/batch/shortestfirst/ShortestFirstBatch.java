// SPDX-License-Identifier: Apache-2.0
package neupims.batch.shortestfirst;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.KeyedRandom;
import org.osgi.service.component.annotations.Component;

/**
 * Shortest job first, without taking service away: of those who wait, the one with the fewest
 * output tokens still to come enters first; everybody in service runs. The number of output tokens
 * is known or, with an error, predicted: the true number times exp(error x z), with z normal and
 * drawn once for each request from the seed and its id, as predictors err by factors (for instance
 * Zheng et al., Response Length Perception, NeurIPS 2023). KV cache is paged as with {@code vllm};
 * when it runs out the last in service is put back and recomputed.
 *
 * <p>Long requests can wait for as long as shorter ones keep coming.
 */
@Component(
    property = "service.description=the shortest known or predicted output enters first, paged KV")
@NeupimsName("shortest-first")
public final class ShortestFirstBatch implements BatchScheduler {
  private record Candidate(WaitingRequest request, double tokensToCome) {}

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.integer(
            "errorPercent",
            0,
            0,
            1000,
            "standard deviation of the natural logarithm of predicted over true output, in percent;"
                + " 0 for known lengths"),
        ParameterSpec.integer(
            "watermarkPercent",
            1,
            0,
            100,
            "share of a channel's KV blocks that admission leaves free (vLLM: 0.01)"));
  }

  @Override
  public IterationPlan plan(ServingState state) {
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    if (draft.preempts() || state.running().size() >= state.limits().maxBatch()) {
      return draft.plan();
    }
    long percent = state.parameters().integer("watermarkPercent");
    long spare = (state.kv().regionBlocks() * percent + 99) / 100;
    for (Candidate candidate : candidates(state)) {
      WaitingRequest request = candidate.request();
      if (!draft.admit(request, request.knownTokens(), spare)) {
        break;
      }
    }
    return draft.plan();
  }

  private static List<Candidate> candidates(ServingState state) {
    double error = state.parameters().integer("errorPercent") / 100.0;
    List<Candidate> candidates = new ArrayList<>(state.waiting().size());
    for (WaitingRequest request : state.waiting()) {
      double output = request.request().outputTokens();
      if (error > 0) {
        output *= StrictMath.exp(error * normal(new KeyedRandom(state.seed(), request.id())));
      }
      candidates.add(new Candidate(request, output - request.generatedTokens()));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::tokensToCome));
    return candidates;
  }

  /** Box and Muller, A note on the generation of random normal deviates, 1958. */
  private static double normal(KeyedRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }
}
