// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.Optional;
import neupims.api.unit.Parameters;

/**
 * What a request source is asked for.
 *
 * @param lengths where lengths are drawn from; empty for a source that does not draw any
 * @param requests how many requests at most, 0 for all that the source has
 * @param maxTokens limit of prompt plus output of one drawn request: the model's positions
 * @param seed seed of every random choice
 * @param parameters a value for every parameter that the source declares and that is not optional
 */
public record WorkloadSpec(
    Optional<LengthDistribution> lengths,
    long requests,
    int maxTokens,
    long seed,
    Parameters parameters) {}
