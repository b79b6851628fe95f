// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * A service level objective: a request that keeps to all of it counts towards goodput.
 *
 * @param ttftSeconds longest time to the first token, 0 for any
 * @param tpotSeconds longest time per output token, 0 for any
 * @param requestSeconds longest time to the last token, 0 for any
 */
public record SloSpec(double ttftSeconds, double tpotSeconds, double requestSeconds) {

  /** Whether a request with these times keeps to it. */
  public boolean met(double ttft, double tpot, double request) {
    return within(ttft, ttftSeconds)
        && within(tpot, tpotSeconds)
        && within(request, requestSeconds);
  }

  private static boolean within(double seconds, double limit) {
    return limit == 0 || seconds <= limit;
  }
}
