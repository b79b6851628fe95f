// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What a PIM's commands cost, in commands of the memory that it is built into.
 *
 * @param computeReads energy of a compute step on all banks of a channel, in reads
 * @param gwriteReads energy of a GWRITE, in reads
 * @param resultReads energy of a result read, in reads
 * @param groupActivates energy of a group activate with its precharges, in activates
 * @param rowBufferMilliamps what the second row buffers of a device draw on top of its standby
 *     current while PIM work is under way; 0 with a single row buffer
 */
public record PimEnergy(
    double computeReads,
    double gwriteReads,
    double resultReads,
    double groupActivates,
    double rowBufferMilliamps) {}
