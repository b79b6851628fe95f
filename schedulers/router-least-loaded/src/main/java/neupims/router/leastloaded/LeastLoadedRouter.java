// SPDX-License-Identifier: Apache-2.0
package neupims.router.leastloaded;

import java.util.List;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.Request;
import org.osgi.service.component.annotations.Component;

/**
 * Sends each request to the replica that owes the fewest tokens, or that has the fewest requests.
 * The former knows how long outputs will be, which a real router has to predict; the latter is join
 * the shortest queue. Of equals the one with the fewer requests, of these the first from the one
 * whose turn it would be, so that an idle system is used evenly.
 */
@Component(property = "service.description=each request to the replica that owes the fewest tokens")
@NeupimsName("least-loaded")
public final class LeastLoadedRouter implements Router {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.flag(
            "byRequests", false, "load is a replica's requests, not the tokens that they want"));
  }

  @Override
  public int route(RouterState state, Request request) {
    boolean byRequests = state.parameters().flag("byRequests");
    int count = state.replicas().size();
    int turn = (int) (state.routedBefore() % count);
    int best = turn;
    for (int i = 1; i < count; i++) {
      int other = (turn + i) % count;
      if (less(state.replicas().get(other), state.replicas().get(best), byRequests)) {
        best = other;
      }
    }
    return best;
  }

  private static boolean less(ReplicaState one, ReplicaState other, boolean byRequests) {
    if (!byRequests && one.outstandingTokens() != other.outstandingTokens()) {
      return one.outstandingTokens() < other.outstandingTokens();
    }
    return one.requests() < other.requests();
  }
}
