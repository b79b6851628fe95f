// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;

/**
 * Prompts on devices of their own over the window; docs/METRICS.md has the formulas. Distributions
 * are over the prompts that are done in the window, and empty when there is none.
 *
 * @param prompts prompts done, those worked on again after a preemption included
 * @param promptTokens their tokens
 * @param busyFraction share of the time in which a group works, mean over groups
 * @param meanWaiting mean number of requests in line for a group, by time
 * @param queue from the line's end to the beginning of the work
 * @param transfer from the prompt's end to the last byte of its KV cache at its replica; of those
 *     with tokens to come
 * @param groups each group; where every replica has a pool of its own, first those of replica 0,
 *     then those of the next
 * @param links what each replica receives over
 */
public record PrefillUse(
    long prompts,
    long promptTokens,
    double busyFraction,
    double meanWaiting,
    Optional<Distribution> queue,
    Optional<Distribution> transfer,
    List<Group> groups,
    List<Link> links) {
  public PrefillUse {
    groups = List.copyOf(groups);
    links = List.copyOf(links);
  }

  /**
   * A group of devices.
   *
   * @param prompts prompts done
   * @param promptTokens their tokens
   * @param busyFraction share of the time in which it works
   */
  public record Group(long prompts, long promptTokens, double busyFraction) {}

  /**
   * A replica's way in.
   *
   * @param caches KV caches that have arrived
   * @param bytes of them, on each of the replica's devices
   * @param busyFraction share of the time in which one is on its way
   */
  public record Link(long caches, long bytes, double busyFraction) {}
}
