// SPDX-License-Identifier: Apache-2.0
package neupims.batch.fixed;

import java.util.List;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.Request;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the given batch for one iteration: iteration 0 takes in what waits, up to the largest batch,
 * and runs it with whatever is in service; every later plan is empty.
 */
@Component(property = "service.description=the given batch for one iteration")
@NeupimsName("fixed")
public final class FixedBatch implements BatchScheduler {
  @Override
  public IterationPlan plan(ServingState state) {
    if (state.iteration() > 0) {
      return new IterationPlan(List.of(), List.of());
    }
    int room = Math.max(0, state.maxBatch() - state.running().size());
    return new IterationPlan(
        state.waiting().stream().limit(room).map(Request::id).toList(),
        state.running().stream().map(RunningRequest::request).map(Request::id).toList());
  }
}
