// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A request to take out of service. It waits again, in its order of arrival, and keeps the output
 * it has.
 *
 * @param request its id
 * @param mode what becomes of its KV cache
 */
public record Preemption(long request, Mode mode) {
  /** What becomes of the KV cache. */
  public enum Mode {
    /** Dropped: prompt and output so far are worked on again as a prompt. */
    RECOMPUTE,
    /** Moved to the host, and back when the request is admitted again. */
    SWAP
  }
}
