// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.workload.Request;

/** Where requests become a replica's. */
final class Entrance {
  private final Arrivals arrivals;
  private final int replica;
  private final ServingTally tally;

  Entrance(Arrivals arrivals, int replica, ServingTally tally) {
    this.arrivals = arrivals;
    this.replica = replica;
    this.tally = tally;
  }

  /** Time of the next request, {@link Intake#NEVER} for none. */
  long nextNanos() {
    return arrivals.nextNanos();
  }

  /** Takes in the request of {@link #nextNanos}. */
  Sequence take() {
    Request request = arrivals.take();
    tally.arrived(replica, request.arrivalNanos());
    return new Sequence(request, replica);
  }
}
