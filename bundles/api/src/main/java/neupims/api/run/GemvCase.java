// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.model.AttentionShape;

/**
 * The attention of one request on one channel.
 *
 * @param logit whether K q runs
 * @param attend whether V softmax(K q) runs, after K q where both do
 * @param sequenceTokens tokens in the KV cache
 * @param shape heads and formats
 * @param reads sequential reads offered at the same time
 */
public record GemvCase(
    boolean logit, boolean attend, int sequenceTokens, AttentionShape shape, int reads) {}
