// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;

/** Has the router choose replicas for requests; a single replica gets them all unasked. */
final class RouterCalls {
  private final List<Replica> replicas;
  private final ReplicaSetting setting;
  private long routed;

  RouterCalls(List<Replica> replicas, ReplicaSetting setting) {
    this.replicas = replicas;
    this.setting = setting;
  }

  /** The replica that gets a request. */
  int choose(Request request, long nowNanos) {
    if (replicas.size() == 1) {
      return 0;
    }
    List<ReplicaState> states = new ArrayList<>(replicas.size());
    for (Replica replica : replicas) {
      states.add(replica.state());
    }
    long seed = setting.variant().seed();
    int chosen =
        setting
            .policies()
            .route(
                parameters -> new RouterState(states, routed, nowNanos, seed, parameters),
                request,
                replica -> requireReplica(request, replica));
    routed++;
    return chosen;
  }

  private int requireReplica(Request request, int chosen) {
    if (chosen < 0 || chosen >= replicas.size()) {
      throw Trouble.broke(
          "sent request %d to replica %d; there are 0 to %d"
              .formatted(request.id(), chosen, replicas.size() - 1));
    }
    return chosen;
  }
}
