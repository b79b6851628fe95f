// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Which iterations of a run are simulated on the device. The iterations before and between only let
 * lengths grow, finished requests leave and new ones enter, as the paper's warm-up does [P] sec. 7.
 *
 * @param warmupIterations iterations before the first snapshot
 * @param snapshots iterations that are simulated on the device
 * @param everyIterations iterations from one snapshot to the next
 */
public record MeasureSpec(long warmupIterations, int snapshots, long everyIterations) {}
