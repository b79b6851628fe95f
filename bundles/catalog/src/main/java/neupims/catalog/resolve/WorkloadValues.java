// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import neupims.api.unit.Parameters;

/**
 * The keys of {@code workload}.
 *
 * @param source name of the request source
 * @param parameters of the source, as keys beside these: for one that draws lengths the dataset's
 *     name or file under {@code dataset}, then what it declares
 * @param requests how many requests at most, 0 for as many as the run takes
 */
public record WorkloadValues(String source, Parameters parameters, long requests) {}
