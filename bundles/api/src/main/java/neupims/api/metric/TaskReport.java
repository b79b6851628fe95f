// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * A simulated task.
 *
 * @param stage its stage
 * @param name its name within the stage
 * @param startCycle when its first work was offered, in memory cycles since the start of the
 *     simulation
 * @param finishCycle when its last result was there and its last store accepted
 */
public record TaskReport(String stage, String name, long startCycle, long finishCycle) {}
