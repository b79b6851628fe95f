// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

/**
 * A request as it arrives.
 *
 * @param id unique within a run, counted from 0 in order of arrival
 * @param arrivalNanos simulated time of arrival in nanoseconds since the start of the run
 * @param promptTokens tokens of the prompt, at least 1
 * @param outputTokens tokens that will be generated, at least 1; schedulers must not look at it
 *     unless they say so
 */
public record Request(long id, long arrivalNanos, int promptTokens, int outputTokens) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a length is under 1 or the arrival negative
   */
  public Request {
    if (promptTokens < 1 || outputTokens < 1 || arrivalNanos < 0) {
      throw new IllegalArgumentException(
          "request %d: prompt %d and output %d must be at least 1, arrival %d not negative"
              .formatted(id, promptTokens, outputTokens, arrivalNanos));
    }
  }
}
