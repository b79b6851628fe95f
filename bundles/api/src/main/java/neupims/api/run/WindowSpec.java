// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * The part of a serving run that its figures are about. It opens at the first iteration boundary at
 * which every warm-up condition holds and closes at the first at which some length is reached,
 * which ends the run, or else when the last request is served.
 *
 * @param warmupRequests requests that finish before it opens
 * @param warmupSeconds simulated time before it opens
 * @param warmupIterations iterations before it opens
 * @param requests requests that finish in it, 0 for all
 * @param seconds simulated time from opening to closing, 0 for any
 * @param iterations iterations in it, 0 for any
 */
public record WindowSpec(
    long warmupRequests,
    double warmupSeconds,
    long warmupIterations,
    long requests,
    double seconds,
    long iterations) {
  /** The whole run. */
  public static final WindowSpec ALL = new WindowSpec(0, 0, 0, 0, 0, 0);

  /** Whether it closes by itself, however many requests there are. */
  public boolean closes() {
    return requests > 0 || seconds > 0 || iterations > 0;
  }
}
