// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/**
 * A request whose KV cache lives in the memory while a program runs.
 *
 * @param request the request's number, unique within a run
 * @param channel memory channel that holds its whole KV cache, from 0
 * @param sequenceTokens tokens in the KV cache, the current one included, at least 1; a model with
 *     a sliding window keeps and reads no more than the window
 */
public record Resident(long request, int channel, int sequenceTokens) {}
