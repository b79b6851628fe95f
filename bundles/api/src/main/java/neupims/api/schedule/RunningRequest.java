// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import neupims.api.workload.Request;

/**
 * A request in service.
 *
 * @param request as it arrived
 * @param channel channel of its KV cache
 * @param generatedTokens output tokens emitted so far
 * @param cachedTokens tokens whose keys and values are in the cache, less than those known
 * @param kvBlocks blocks of KV cache that it holds
 */
public record RunningRequest(
    Request request, int channel, int generatedTokens, int cachedTokens, long kvBlocks) {

  /** The request's id. */
  public long id() {
    return request.id();
  }

  /** Tokens of the prompt and the output so far. */
  public int knownTokens() {
    return request.promptTokens() + generatedTokens;
  }

  /** Tokens to work on before the next output token: 1 when it decodes, more in prefill. */
  public int remainingTokens() {
    return knownTokens() - cachedTokens;
  }
}
