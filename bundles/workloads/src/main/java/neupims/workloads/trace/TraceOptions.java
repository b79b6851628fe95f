// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

/**
 * How a trace is read.
 *
 * @param requests how many requests at most, 0 for all
 * @param lenient whether bad lines are skipped and counted
 * @param speedup arrivals are divided by it
 * @param gapNanos from one request to the next in a trace without arrivals
 */
record TraceOptions(long requests, boolean lenient, double speedup, double gapNanos) {}
