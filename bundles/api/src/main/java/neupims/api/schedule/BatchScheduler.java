// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import org.osgi.annotation.versioning.ConsumerType;

/** Plans an iteration: which requests enter and which run. A pure function of what it is handed. */
@ConsumerType
public interface BatchScheduler {
  /** The coming iteration; an empty plan ends the run when nothing more can arrive. */
  IterationPlan plan(ServingState state);
}
