// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * A stage as reports write it.
 *
 * @param name its letter
 * @param cycles memory cycles of one device alone
 * @param communicationCycles by which the exchange of partial sums makes it longer
 * @param partOf the earlier stage whose first part it is and was measured as; null when it was
 *     simulated itself
 */
public record StageCycles(String name, long cycles, long communicationCycles, String partOf) {}
