// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Iterator;
import java.util.function.Function;
import neupims.api.workload.Request;

/**
 * Where requests come in, in order of arrival: whoever can never be served is turned away by name.
 * Reads one request ahead, so that an endless source is as good as a short one.
 */
final class Door {
  private final Iterator<Request> source;
  private final Function<Request, String> refusal;
  private final ServingTally tally;
  private Request next;

  /**
   * A door.
   *
   * @param refusal why a request can never be served, null when it can
   */
  Door(Iterator<Request> source, Function<Request, String> refusal, ServingTally tally) {
    this.source = source;
    this.refusal = refusal;
    this.tally = tally;
  }

  /** Time of the next arrival of somebody who can be served, {@link Intake#NEVER} for none. */
  long nextNanos() {
    while (next == null && source.hasNext()) {
      Request request = source.next();
      String why = refusal.apply(request);
      if (why == null) {
        next = request;
      } else {
        tally.rejected(request, why);
      }
    }
    return next == null ? Intake.NEVER : next.arrivalNanos();
  }

  /** Takes in the request of {@link #nextNanos}. */
  Sequence take() {
    Sequence sequence = new Sequence(next);
    tally.arrived(next.arrivalNanos());
    next = null;
    return sequence;
  }
}
