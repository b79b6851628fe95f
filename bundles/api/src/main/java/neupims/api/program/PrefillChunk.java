// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/**
 * Tokens of a prompt that are worked on together.
 *
 * @param request the request's number, unique within a run
 * @param channel memory channel that holds its whole KV cache, from 0; {@link #NO_CHANNEL} when its
 *     K and V are not for a PIM of this device
 * @param contextTokens tokens before them whose K and V are in the KV cache, at least 0
 * @param tokens how many, at least 1
 */
public record PrefillChunk(long request, int channel, int contextTokens, int tokens) {
  /** Its K and V are handed on to another device, or lie over all channels of this one. */
  public static final int NO_CHANNEL = -1;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is no token or the context is negative
   */
  public PrefillChunk {
    if (contextTokens < 0 || tokens < 1) {
      throw new IllegalArgumentException(
          "request %d: a chunk of %d tokens after %d".formatted(request, tokens, contextTokens));
    }
  }
}
