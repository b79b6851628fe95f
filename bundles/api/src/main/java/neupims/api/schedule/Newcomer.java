// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A request that needs a channel.
 *
 * @param request its id
 * @param sequenceTokens tokens that its KV cache starts with, at least 1
 */
public record Newcomer(long request, int sequenceTokens) {}
