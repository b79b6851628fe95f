// SPDX-License-Identifier: Apache-2.0
package neupims.router.roundrobin;

import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.Request;
import org.osgi.service.component.annotations.Component;

/**
 * Sends requests to the replicas in turn, whatever their length. The turn is the number of requests
 * routed so far.
 */
@Component(property = "service.description=requests to the replicas in turn, whatever their length")
@NeupimsName("round-robin")
public final class RoundRobinRouter implements Router {
  @Override
  public int route(RouterState state, Request request) {
    return (int) (state.routedBefore() % state.replicas().size());
  }
}
