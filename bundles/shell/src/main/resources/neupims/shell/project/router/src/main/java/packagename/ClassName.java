// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.Request;
import org.osgi.service.component.annotations.Component;

/**
 * The replica whose KV cache is least used; beginning to look at another one each time, so that
 * equal replicas take turns.
 */
@Component(property = "service.description=the replica whose KV cache is least used")
@NeupimsName("plugin-name")
public final class ClassName implements Router {
  @Override
  public int route(RouterState state, Request request) {
    int count = state.replicas().size();
    int start = (int) (state.routedBefore() % count);
    int best = start;
    for (int i = 1; i < count; i++) {
      int replica = (start + i) % count;
      if (used(state, replica) < used(state, best)) {
        best = replica;
      }
    }
    return best;
  }

  private static double used(RouterState state, int replica) {
    ReplicaState of = state.replicas().get(replica);
    return of.kvFraction();
  }
}
