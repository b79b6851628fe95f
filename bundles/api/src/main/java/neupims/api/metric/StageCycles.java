// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * A stage as reports write it.
 *
 * @param name its letter
 * @param cycles memory cycles of one device alone
 * @param communicationCycles by which the exchange of partial sums makes it longer
 */
public record StageCycles(String name, long cycles, long communicationCycles) {}
