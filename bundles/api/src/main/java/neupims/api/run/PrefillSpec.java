// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Where prompts are worked on.
 *
 * @param mode where
 * @param groups separate: groups of devices like those that decode, tp x pp each, which work on one
 *     prompt at a time; as many for each replica, or for all of them
 * @param shared separate: whether all replicas have one pool of groups, not each its own
 * @param routing separate: when the router chooses a request's replica; with pools of their own
 *     replicas need {@link Routing#ARRIVAL}, a single replica is never chosen
 * @param linkBytesPerSecond separate: bandwidth at which a device of a group sends, and one of a
 *     replica receives, its share of a KV cache
 * @param linkLatencySeconds separate: time from the first byte sent to the first received
 */
public record PrefillSpec(
    Mode mode,
    int groups,
    boolean shared,
    Routing routing,
    double linkBytesPerSecond,
    double linkLatencySeconds) {
  /** Prompts appear worked on. */
  public static final PrefillSpec NONE = new PrefillSpec(Mode.NONE, 1, 1, 0);

  /** Where prompts are worked on. */
  public enum Mode {
    /** Nowhere: a prompt's KV cache is there when its request is admitted, and costs nothing. */
    NONE,
    /** On devices of their own, the paper's way; the first token is emitted there [P] sec. 5. */
    SEPARATE,
    /** On the decoding device, a whole prompt in one iteration. */
    MIXED,
    /** On the decoding device, in chunks that the scheduler chooses. */
    CHUNKED
  }

  /** When the replica that decodes is chosen. */
  public enum Routing {
    /** When the request arrives, as Splitwise and Mooncake do. */
    ARRIVAL,
    /** When its prompt is done, as DistServe does. */
    PREFILLED
  }

  /** Whether requests get to a pool: one of a replica's own is known once the replica is. */
  public boolean routable(int replicas) {
    return mode != Mode.SEPARATE || shared || replicas == 1 || routing == Routing.ARRIVAL;
  }

  /** A pool for each replica. */
  public PrefillSpec(Mode mode, int groups, double linkBytesPerSecond, double linkLatencySeconds) {
    this(mode, groups, false, Routing.ARRIVAL, linkBytesPerSecond, linkLatencySeconds);
  }
}
