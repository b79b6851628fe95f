// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;

/**
 * A policy that takes the place of another before an iteration begins: asked for by an experiment,
 * or written down when somebody or something outside a run brought it about.
 *
 * @param at when
 * @param to the policy
 * @param what brings it about: {@link #SWAP} and the other constants
 * @param why in words, such as how its predecessor failed; empty when there is nothing to say
 */
public record Swap(Moment at, PolicyChoice to, String what, String why) {
  /** Somebody wants it. */
  public static final String SWAP = "swap";

  /** Not a change: pins the version that a run began with, as it changed later. */
  public static final String START = "start";

  /** The policy's bundle was replaced by another version. */
  public static final String UPDATED = "plugin-updated";

  /** Not a change: the policy was gone, and the run waited. */
  public static final String LOST = "plugin-lost";

  /** It was there again. */
  public static final String BACK = "plugin-back";

  /** It did not come back in time. */
  public static final String FALLBACK = "fallback";

  /** Not a change: the bundle of what is bound for the run was replaced or removed. */
  public static final String KEPT = "plugin-kept";

  /** Its predecessor threw or broke its contract. */
  public static final String FAILED = "policy-failed";

  /** Its predecessor did not return in time. */
  public static final String TIMEOUT = "timeout";

  /**
   * A point of a run.
   *
   * @param iteration iterations begun on all replicas before it; empty when time decides
   * @param seconds simulated time: before the first iteration that begins then or later
   * @param calls calls of the policy since that iteration was to begin; over 0 only for a policy
   *     that failed in the midst of it
   */
  public record Moment(Optional<Long> iteration, Optional<Double> seconds, long calls) {
    /** Before an iteration. */
    public static Moment atIteration(long iteration) {
      return new Moment(Optional.of(iteration), Optional.empty(), 0);
    }

    /** Before the first iteration that begins at or after an instant. */
    public static Moment atSeconds(double seconds) {
      return new Moment(Optional.empty(), Optional.of(seconds), 0);
    }
  }

  /** One that somebody wants. */
  public Swap(Moment at, PolicyChoice to) {
    this(at, to, SWAP, "");
  }
}
