// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.workload.LengthDistribution;

/**
 * Where a run's requests come from.
 *
 * @param source name of the request source
 * @param lengths lengths of the dataset
 * @param requests how many requests, 0 for as many as the run takes
 */
public record WorkloadChoice(String source, LengthDistribution lengths, long requests) {}
