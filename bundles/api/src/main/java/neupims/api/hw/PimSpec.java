// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What a PIM adds to a DRAM: its rule table. Times in memory clock cycles.
 *
 * @param dualRowBuffer whether PIM rows have a buffer of their own beside the MEM row buffer
 * @param compositeCommands whether one PIM_GEMV carries all its compute steps and the result read
 * @param blocked whether memory commands wait until the PIM has left its mode
 * @param banksPerActivate banks that a group activate opens
 * @param multipliersPerBank FP16 multipliers of a bank: values consumed by one compute step
 * @param computeInterval from one compute step to the next
 * @param minComputeSteps steps that fill the adder pipeline; a shorter command takes as long
 * @param resultDelay from the end of the last step to the result on the bus
 * @param gwriteTime from a GWRITE to the next use of the global buffer
 * @param readAfterGemv from a PIM_GEMV to an ordinary read
 * @param refreshSlack with less than this left to the refresh no MEM activate or precharge is
 *     issued
 */
public record PimSpec(
    boolean dualRowBuffer,
    boolean compositeCommands,
    boolean blocked,
    int banksPerActivate,
    int multipliersPerBank,
    int computeInterval,
    int minComputeSteps,
    int resultDelay,
    int gwriteTime,
    int readAfterGemv,
    int refreshSlack) {}
