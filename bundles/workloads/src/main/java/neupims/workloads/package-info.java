// SPDX-License-Identifier: Apache-2.0
/**
 * Request sources.
 *
 * <pre>
 * all-at-once, constant-rate, poisson, gamma: Arrivals + dataset -> DrawnStream
 * trace: a package of its own
 * </pre>
 */
package neupims.workloads;
