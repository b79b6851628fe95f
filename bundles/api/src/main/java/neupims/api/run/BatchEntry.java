// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * A request of a given resident batch.
 *
 * @param sequenceTokens tokens in its KV cache, at least 1
 * @param channel its channel, or -1 to let the placement policy choose
 */
public record BatchEntry(int sequenceTokens, int channel) {
  /** The channel of a request that has none yet. */
  public static final int UNPLACED = -1;
}
