// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.workload.Request;

/**
 * Tokens that a replica owes: outputs, and prompts until their first output where they are work.
 */
final class Backlog {
  private final boolean prompts;
  private long tokens;

  Backlog(boolean prompts) {
    this.prompts = prompts;
  }

  long tokens() {
    return tokens;
  }

  void sent(Request request) {
    tokens += request.outputTokens() + (prompts ? request.promptTokens() : 0);
  }

  /** A request whose prompt is done is sent. */
  void sent(Sequence prefilled) {
    tokens += prefilled.request.outputTokens() - prefilled.generated;
  }

  /** A request has just emitted a token. */
  void emitted(Sequence sequence) {
    tokens--;
    if (prompts && sequence.generated == 1) {
      tokens -= sequence.request.promptTokens();
    }
  }
}
