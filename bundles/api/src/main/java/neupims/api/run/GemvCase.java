// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * The attention of one request on one channel.
 *
 * @param logit whether K q runs
 * @param attend whether V softmax(K q) runs, after K q where both do
 * @param sequenceTokens tokens in the KV cache
 * @param heads heads
 * @param headDim values of a head
 * @param reads sequential reads offered at the same time
 */
public record GemvCase(
    boolean logit, boolean attend, int sequenceTokens, int heads, int headDim, int reads) {}
