// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

/** The way of requests from their source to the waiting line. */
interface Intake {
  /** No further event. */
  long NEVER = Long.MAX_VALUE;

  /** Lets everything into the line that is ready by now. */
  void advance(long nowNanos);

  /** Simulated time of the next event, {@link #NEVER} when there is none. */
  long nextNanos();

  /** Takes back a request whose KV cache has been dropped. */
  void again(Sequence sequence, long nowNanos);

  /** Requests that have arrived and are not in the line yet. */
  int underWay();
}
