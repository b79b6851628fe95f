// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.workload.Request;

/** Holds a batch scheduler to its contract. */
record PlanCheck(String scheduler, long iteration, int maxBatch) {
  void check(IterationPlan plan, List<Request> waiting, List<RunningRequest> running) {
    Set<Long> left = new HashSet<>();
    waiting.forEach(request -> left.add(request.id()));
    take(left, plan.admit(), "admits request %d, which does not wait");
    left.clear();
    running.forEach(request -> left.add(request.request().id()));
    take(left, plan.run(), "runs request %d, which is not in service");
    if (running.size() + plan.admit().size() > maxBatch && !plan.admit().isEmpty()) {
      throw broken(
          "takes %d requests into service, over the limit of " + maxBatch,
          running.size() + plan.admit().size());
    }
  }

  private void take(Set<Long> left, List<Long> ids, String message) {
    for (Long id : ids) {
      if (!left.remove(id)) {
        throw broken(message, id);
      }
    }
  }

  private IllegalStateException broken(String message, long number) {
    return new IllegalStateException(
        "scheduler %s broke its contract at iteration %d: it %s"
            .formatted(scheduler, iteration, message.formatted(number)));
  }
}
