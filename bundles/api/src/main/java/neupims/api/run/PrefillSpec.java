// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Where prompts are worked on.
 *
 * @param mode where
 * @param groups separate: groups of devices like those that decode, tp x pp each, which work on one
 *     prompt at a time
 * @param linkBytesPerSecond separate: bandwidth of the link over which a device's share of the KV
 *     cache follows
 * @param linkLatencySeconds separate: time from the first byte sent to the first received
 */
public record PrefillSpec(
    Mode mode, int groups, double linkBytesPerSecond, double linkLatencySeconds) {
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
}
