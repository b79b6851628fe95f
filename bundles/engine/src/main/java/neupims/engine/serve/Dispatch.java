// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.workload.Request;

/**
 * Sends each request on at its arrival: to prefill groups where there are any, otherwise to the
 * replica that the router chooses. When as many wait as all replicas together look ahead, the
 * others wait unread in the source and are sent when there is room.
 */
final class Dispatch {
  private final Door door;
  private final List<Replica> replicas;
  private final RouterCalls router;
  private final Prefilling prefilling;
  private final long room;

  /**
   * At a door.
   *
   * @param prefilling null where replicas get requests with their prompts
   */
  Dispatch(
      Door door,
      List<Replica> replicas,
      RouterCalls router,
      Prefilling prefilling,
      ReplicaSetting setting) {
    this.door = door;
    this.replicas = replicas;
    this.router = router;
    this.prefilling = prefilling;
    room = (long) setting.window() * replicas.size();
  }

  /** When the next request is there to be sent; in the past for one that had to wait unread. */
  long nextNanos() {
    long waiting = prefilling == null ? 0 : prefilling.unrouted();
    for (Replica replica : replicas) {
      waiting += replica.waiting();
    }
    return waiting < room ? door.nextNanos() : Intake.NEVER;
  }

  /** Sends the request of {@link #nextNanos}. */
  void send(long nowNanos) {
    Request request = door.take();
    if (prefilling == null) {
      replicas.get(router.choose(request, nowNanos)).send(request, nowNanos);
    } else {
      prefilling.enter(request, nowNanos);
    }
  }
}
