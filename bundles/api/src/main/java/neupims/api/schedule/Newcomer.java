// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A request that needs a channel.
 *
 * @param request its id
 * @param sequenceTokens tokens that it begins with, at least 1
 * @param kvBlocks blocks of KV cache that it takes at once
 */
public record Newcomer(long request, int sequenceTokens, long kvBlocks) {}
