// SPDX-License-Identifier: Apache-2.0
package neupims.itests.plugins;

import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.ServingState;

/** Never does anything. */
public final class LazyScheduler implements BatchScheduler {
  @Override
  public IterationPlan plan(ServingState state) {
    return IterationPlan.IDLE;
  }
}
