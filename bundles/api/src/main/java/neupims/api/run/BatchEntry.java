// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * A request of a given resident batch.
 *
 * @param sequenceTokens tokens in its KV cache, at least 1
 * @param channel its channel, or {@link #UNPLACED} to let the placement policy choose
 * @param origin file and line that ask for it, for messages; empty when it is from no file
 */
public record BatchEntry(int sequenceTokens, int channel, String origin) {
  /** The channel of a request that has none yet. */
  public static final int UNPLACED = -1;

  /** A request from no file. */
  public BatchEntry(int sequenceTokens, int channel) {
    this(sequenceTokens, channel, "");
  }
}
