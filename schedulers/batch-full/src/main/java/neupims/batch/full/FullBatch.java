// SPDX-License-Identifier: Apache-2.0
package neupims.batch.full;

import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.Request;
import org.osgi.service.component.annotations.Component;

/**
 * Keeps the batch full: every request in service runs, and whoever waits longest takes the place of
 * one that finished ([P] sec. 7, the steady state of the evaluation).
 */
@Component(
    property =
        "service.description=keeps the batch full: first come, first served, all in service run")
@NeupimsName("full")
public final class FullBatch implements BatchScheduler {
  @Override
  public IterationPlan plan(ServingState state) {
    int room = Math.max(0, state.maxBatch() - state.running().size());
    return new IterationPlan(
        state.waiting().stream().limit(room).map(Request::id).toList(),
        state.running().stream().map(RunningRequest::request).map(Request::id).toList());
  }
}
