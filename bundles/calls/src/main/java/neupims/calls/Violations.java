// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import neupims.api.program.Resident;
import neupims.api.schedule.Admission;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.TokenRun;
import neupims.api.schedule.WaitingRequest;

/** What of a policy's contract shows in a single result. */
final class Violations {
  private Violations() {}

  static Optional<String> of(Object input, Object result) {
    if (result == null) {
      return Optional.of("returned null");
    } else if (input instanceof ServingState state) {
      return ofPlan(state, (IterationPlan) result);
    } else if (input instanceof PlacementCall call) {
      return ofChannels(call, (int[]) result);
    } else if (input instanceof SplitState state) {
      List<List<Resident>> subBatches = new ArrayList<>();
      ((List<?>) result).forEach(part -> subBatches.add(residents((List<?>) part)));
      return ofSplit(state.batch(), subBatches);
    } else if (input instanceof RouterCall call) {
      int replicas = call.state().replicas().size();
      int chosen = (Integer) result;
      return chosen < 0 || chosen >= replicas
          ? Optional.of("returned replica %d; there are 0 to %d".formatted(chosen, replicas - 1))
          : Optional.empty();
    } else if (input instanceof EstimatorCall && (Long) result < 0) {
      return Optional.of("returned " + result + " cycles");
    }
    return Optional.empty();
  }

  private static List<Resident> residents(List<?> part) {
    return part.stream().map(Resident.class::cast).toList();
  }

  private static Optional<String> ofChannels(PlacementCall call, int[] channels) {
    if (channels.length != call.newcomers().size()) {
      return Optional.of(
          "returned %d channels for %d".formatted(channels.length, call.newcomers().size()));
    }
    for (int channel : channels) {
      if (channel < 0 || channel >= call.state().channels()) {
        int last = call.state().channels() - 1;
        return Optional.of("returned channel %d; there are 0 to %d".formatted(channel, last));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofSplit(List<Resident> batch, List<List<Resident>> subBatches) {
    if (subBatches.isEmpty() || subBatches.size() > 2) {
      return Optional.of("returned " + subBatches.size() + " sub-batches");
    }
    Set<Resident> left = new HashSet<>(batch);
    for (List<Resident> part : subBatches) {
      if (part.isEmpty()) {
        return Optional.of("returned an empty sub-batch");
      }
      for (Resident resident : part) {
        if (!left.remove(resident)) {
          return Optional.of("returned request " + resident.request() + " twice or from nowhere");
        }
      }
    }
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of("returned no place for " + left.size() + " requests");
  }

  private static Optional<String> ofPlan(ServingState state, IterationPlan plan) {
    Map<Long, Integer> able = new HashMap<>();
    Map<Long, RunningRequest> running =
        state.running().stream().collect(Collectors.toMap(RunningRequest::id, Function.identity()));
    Map<Long, WaitingRequest> waiting =
        state.waiting().stream().collect(Collectors.toMap(WaitingRequest::id, Function.identity()));
    running.forEach((id, request) -> able.put(id, request.remainingTokens()));
    for (Preemption preemption : plan.preempt()) {
      if (running.remove(preemption.request()) == null) {
        return Optional.of("preempts request " + preemption.request() + ", which it must not");
      }
      able.remove(preemption.request());
    }
    for (Admission admission : plan.admit()) {
      WaitingRequest request = waiting.remove(admission.request());
      if (request == null) {
        return Optional.of("admits request " + admission.request() + ", which does not wait");
      }
      able.put(request.id(), request.remainingTokens());
    }
    long tokens = 0;
    for (TokenRun run : plan.run()) {
      Integer most = able.remove(run.request());
      int least = most == null || state.limits().chunks() ? 1 : most;
      if (most == null || run.tokens() < least || run.tokens() > most) {
        return Optional.of(
            "runs request %d with %d tokens, which it must not"
                .formatted(run.request(), run.tokens()));
      }
      tokens += run.tokens();
    }
    int after = running.size() + plan.admit().size();
    if (!plan.admit().isEmpty() && after > state.limits().maxBatch()) {
      return Optional.of("takes " + after + " requests into service, over the limit");
    }
    return tokens > state.limits().tokenBudget()
        ? Optional.of("works on " + tokens + " tokens, over the budget")
        : Optional.empty();
  }
}
