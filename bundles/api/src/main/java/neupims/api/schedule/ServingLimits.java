// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * What a scheduler has to keep to, the same for a whole run.
 *
 * @param maxBatch most requests in service
 * @param tokenBudget most tokens worked on in an iteration, those of prompts and one a decode
 * @param maxTokens longest sequence of a request, prompt and output: the model's positions
 * @param chunks whether a prompt may be worked on in several iterations; otherwise all of it at
 *     once
 */
public record ServingLimits(int maxBatch, int tokenBudget, int maxTokens, boolean chunks) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a number is under 1
   */
  public ServingLimits {
    if (maxBatch < 1 || tokenBudget < 1 || maxTokens < 1) {
      throw new IllegalArgumentException(
          "batch %d, token budget %d and longest sequence %d must be at least 1"
              .formatted(maxBatch, tokenBudget, maxTokens));
    }
  }
}
