// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;

/**
 * What only a run in simulated time can say; docs/METRICS.md has the formulas. Distributions are
 * over the requests that finish in the window, and empty when there is none.
 *
 * @param windowStartSeconds when the window opened
 * @param windowEndSeconds when it closed
 * @param windowRequests requests that finished in it
 * @param ttft arrival to first token
 * @param tpot mean time per output token after the first; of requests with two tokens or more
 * @param request arrival to last token
 * @param queue arrival to first admission
 * @param rates how many requests and how well
 * @param kv the KV cache over the window
 * @param load the device and its queue over the window
 * @param prefill prompts on devices of their own, if there are any
 */
public record ServingResult(
    double windowStartSeconds,
    double windowEndSeconds,
    long windowRequests,
    Optional<Distribution> ttft,
    Optional<Distribution> tpot,
    Optional<Distribution> request,
    Optional<Distribution> queue,
    Rates rates,
    KvUse kv,
    Load load,
    Optional<PrefillUse> prefill) {

  /**
   * Counts of requests, and rates over the window.
   *
   * @param rejected requests of the whole run that could never fit
   * @param unfinished requests in service or waiting when the run ended, as far as the loop had
   *     looked ahead
   * @param requestsPerSecond requests finished in the window per second
   * @param goodputPerSecond those that kept to the SLO
   * @param goodFraction share of those that kept to the SLO
   */
  public record Rates(
      long rejected,
      long unfinished,
      double requestsPerSecond,
      double goodputPerSecond,
      double goodFraction) {}

  /**
   * The KV cache over the window; fractions are of capacity, by time.
   *
   * @param peakFraction highest share of the fullest region in use
   * @param meanFraction mean share of all regions in use
   * @param fragmentation share of the blocks in use that holds nothing: (allocated - used) /
   *     allocated bytes, by time
   * @param recomputed preemptions that dropped the cache
   * @param swapped preemptions that moved it to the host
   * @param swapSeconds time that iterations waited for moves to and from the host
   * @param deferred admissions put off because the placement policy chose a region without room
   */
  public record KvUse(
      double peakFraction,
      double meanFraction,
      double fragmentation,
      long recomputed,
      long swapped,
      double swapSeconds,
      long deferred) {
    /** Preemptions of either kind. */
    public long preemptions() {
      return recomputed + swapped;
    }
  }

  /**
   * The device and its queue over the window.
   *
   * @param busyFraction share of the time in which an iteration was under way
   * @param meanBatch mean number of requests in an iteration
   * @param meanInSystem mean number of requests that had arrived and were not finished, by time
   * @param meanWaiting mean number of those not in service, by time
   * @param queueGrowth slope of time in the queue over arrival time, in seconds a second, over all
   *     requests served: how much longer the queue gets
   * @param overloaded whether requests came faster than they could be served
   */
  public record Load(
      double busyFraction,
      double meanBatch,
      double meanInSystem,
      double meanWaiting,
      double queueGrowth,
      boolean overloaded) {}
}
