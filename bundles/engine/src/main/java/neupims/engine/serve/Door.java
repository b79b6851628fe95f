// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Iterator;
import java.util.function.Function;
import neupims.api.workload.Request;

/**
 * Where requests come in, in order of arrival: whoever can never be served is turned away by name.
 * Reads one request ahead, so that an endless source is as good as a short one.
 */
final class Door implements Arrivals {
  /** Requests turned away one after the other that end a run. */
  private static final long HOPELESS = 1_000_000;

  private final Iterator<Request> source;
  private final Function<Request, String> refusal;
  private final ServingTally tally;
  private Request next;
  private long turnedAway;

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
  @Override
  public long nextNanos() {
    while (next == null && source.hasNext()) {
      Request request = source.next();
      String why = refusal.apply(request);
      if (why == null) {
        next = request;
        turnedAway = 0;
      } else {
        tally.rejected(request, why);
        refuseHopeless(why);
      }
    }
    return next == null ? Intake.NEVER : next.arrivalNanos();
  }

  /** A source without an end may never have a request that fits. */
  private void refuseHopeless(String why) {
    if (++turnedAway == HOPELESS) {
      throw new IllegalStateException(
          "%d requests in a row could never be served, the last: %s".formatted(HOPELESS, why));
    }
  }

  @Override
  public Request take() {
    Request taken = next;
    next = null;
    return taken;
  }
}
