// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

/**
 * The keys of {@code workload}.
 *
 * @param source name of the request source
 * @param dataset name or file of the dataset
 * @param requests how many requests, 0 for as many as the run takes
 */
public record WorkloadValues(String source, String dataset, long requests) {}
