// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * Bytes that crossed the data buses in all simulated stages.
 *
 * @param readBytes read commands x access size
 * @param writeBytes write commands x access size
 */
public record Traffic(long readBytes, long writeBytes) {}
