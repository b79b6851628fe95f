// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

/**
 * What a request source is asked for.
 *
 * @param lengths where lengths are drawn from
 * @param requests how many requests, 0 for an endless stream
 * @param maxTokens limit of prompt plus output of one request: the model's positions
 * @param seed seed of every random choice
 */
public record WorkloadSpec(LengthDistribution lengths, long requests, int maxTokens, long seed) {}
