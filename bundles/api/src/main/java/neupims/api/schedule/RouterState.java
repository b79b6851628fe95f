// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.unit.Parameters;

/**
 * What a router sees.
 *
 * @param replicas by number, from 0
 * @param routedBefore requests routed since the start of the run
 * @param nowNanos simulated time
 * @param seed the experiment's seed
 * @param parameters a value for each of the router's parameters
 */
public record RouterState(
    List<ReplicaState> replicas,
    long routedBefore,
    long nowNanos,
    long seed,
    Parameters parameters) {
  public RouterState {
    replicas = List.copyOf(replicas);
  }
}
