// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import neupims.api.workload.Request;

/**
 * Requests that have arrived and wait for service. Reads no further ahead in the source than a full
 * batch needs, so that an endless source is as good as a short one.
 */
final class WaitingLine {
  private final Iterator<Request> source;
  private final int limit;
  private final List<Request> waiting = new ArrayList<>();
  private Request next;

  WaitingLine(Iterator<Request> source, int limit) {
    this.source = source;
    this.limit = limit;
  }

  /** Lets everything in that has arrived by now, up to the limit. */
  void arrive(long nowNanos) {
    while (waiting.size() < limit && peek() && next.arrivalNanos() <= nowNanos) {
      waiting.add(next);
      next = null;
    }
  }

  List<Request> waiting() {
    return waiting;
  }

  /** Whether anything waits or may still come. */
  boolean exhausted() {
    return waiting.isEmpty() && !peek();
  }

  void remove(Set<Long> ids) {
    waiting.removeIf(request -> ids.contains(request.id()));
  }

  private boolean peek() {
    if (next == null && source.hasNext()) {
      next = source.next();
    }
    return next != null;
  }
}
