// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import neupims.api.workload.Request;

/**
 * A request that waits for service: a new one, or one that was preempted.
 *
 * @param request as it arrived
 * @param generatedTokens output tokens emitted so far; over 0 for one that was preempted, and for
 *     one whose prompt was worked on elsewhere
 * @param cachedTokens tokens whose keys and values are there when it is admitted: 0 where its
 *     prompt is worked on in service, all but the last otherwise
 * @param swapped whether its KV cache was moved to the host and has to be moved back
 * @param preemptions how often it was preempted
 */
public record WaitingRequest(
    Request request, int generatedTokens, int cachedTokens, boolean swapped, int preemptions) {

  /** The request's id. */
  public long id() {
    return request.id();
  }

  /** Tokens of the prompt and the output so far. */
  public int knownTokens() {
    return request.promptTokens() + generatedTokens;
  }

  /** Tokens to work on before the next output token: 1 when it only decodes. */
  public int remainingTokens() {
    return knownTokens() - cachedTokens;
  }
}
