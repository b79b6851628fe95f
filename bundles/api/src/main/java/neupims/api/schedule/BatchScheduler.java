// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Plans an iteration: which requests enter, run and are put back. A pure function of what it is
 * handed.
 */
@ConsumerType
public interface BatchScheduler {
  /** The parameters that this scheduler understands, for {@link ServingState#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * The coming iteration. With nobody in service a plan must admit somebody if somebody waits;
   * every request that waits would fit an empty device.
   */
  IterationPlan plan(ServingState state);
}
