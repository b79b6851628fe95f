// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import neupims.api.workload.Request;

/**
 * A request in service.
 *
 * @param request as it arrived
 * @param channel channel of its KV cache
 * @param generatedTokens output tokens emitted so far
 */
public record RunningRequest(Request request, int channel, int generatedTokens) {
  /** Tokens in its KV cache when its next token is generated: the prompt and the output so far. */
  public int sequenceTokens() {
    return request.promptTokens() + generatedTokens;
  }
}
