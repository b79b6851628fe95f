// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * What is said of a quantity over many requests. Percentiles are exact: the value at position
 * {@code 1 + p (n - 1)} of the n sorted values, between two by linear interpolation (definition 7
 * of Hyndman and Fan, Sample Quantiles in Statistical Packages, The American Statistician 50(4),
 * 1996).
 *
 * @param count how many
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 */
public record Distribution(
    long count, double mean, double p50, double p90, double p95, double p99) {}
