// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayDeque;
import neupims.api.workload.Request;

/** Requests that the router has sent to a replica, until the replica looks. */
final class Mailbox implements Arrivals {
  private record Letter(long nanos, Request request) {}

  private final ArrayDeque<Letter> letters = new ArrayDeque<>();

  /** A request is sent; times never fall. */
  void send(Request request, long nowNanos) {
    letters.add(new Letter(nowNanos, request));
  }

  int size() {
    return letters.size();
  }

  @Override
  public long nextNanos() {
    return letters.isEmpty() ? Intake.NEVER : letters.peek().nanos();
  }

  @Override
  public Request take() {
    return letters.remove().request();
  }
}
