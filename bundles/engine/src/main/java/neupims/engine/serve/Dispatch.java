// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;

/**
 * Sends each request, at its arrival, to the replica that the router chooses. When as many wait as
 * all replicas together look ahead, the others wait unread in the source and are sent when there is
 * room.
 */
final class Dispatch {
  private final Door door;
  private final List<Replica> replicas;
  private final ReplicaSetting setting;
  private long routed;

  Dispatch(Door door, List<Replica> replicas, ReplicaSetting setting) {
    this.door = door;
    this.replicas = replicas;
    this.setting = setting;
  }

  /** When the next request is there to be sent; in the past for one that had to wait unread. */
  long nextNanos() {
    long waiting = 0;
    for (Replica replica : replicas) {
      waiting += replica.waiting();
    }
    boolean room = waiting < (long) setting.window() * replicas.size();
    return room ? door.nextNanos() : Intake.NEVER;
  }

  /** Sends the request of {@link #nextNanos}. */
  void send(long nowNanos) {
    Request request = door.take();
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
    replicas.get(chosen).send(request, nowNanos);
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
