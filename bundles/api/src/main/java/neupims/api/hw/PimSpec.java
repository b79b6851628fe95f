// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Optional;

/**
 * What a PIM adds to a DRAM: its rule table. A PIM with one row buffer that blocks the memory and a
 * PIM with a second row buffer that works beside it are two such tables over one channel engine.
 * Times in memory clock cycles. Whatever a PIM command has in common with its DRAM counterpart
 * (activate, precharge, tFAW, refresh) follows {@link DramTiming}.
 *
 * @param dualRowBuffer whether PIM rows have a buffer of their own beside the MEM row buffer
 * @param compositeCommands whether one PIM_GEMV carries all its compute steps and the result read
 * @param blocked whether no memory command is issued while the PIM is in its mode, which it enters
 *     when no command waits at any bank and leaves for waiting ones between two tiles
 * @param banksPerActivate banks that a group activate opens, at least 1; tFAW must leave room for
 *     that many activates
 * @param multipliersPerBank multipliers of a bank: values that one compute step consumes, whatever
 *     their format
 * @param computeInterval from one compute step to the next; a result read takes as long
 * @param minComputeSteps steps that fill the adder pipeline; fewer take as long
 * @param resultDelay from a result read to the result's last data
 * @param gwriteTime from a GWRITE to the next use of the global buffer, of the bank and of the
 *     rank's multipliers
 * @param computeToGwrite from the last compute step to a GWRITE
 * @param computeToRead from a PIM_GEMV to an ordinary read or write
 * @param computeToPrecharge from the last compute step to a precharge of the PIM's row buffers, at
 *     least 1
 * @param bufferToBuffer from an activate into one row buffer of a bank to one into the other; of no
 *     effect with a single one
 * @param computeHoldsRows whether a PIM_GEMV's rows and result wait for its last compute step;
 *     {@code false} follows the reference, which counts both from the command's issue
 * @param pimQueue PIM instructions that wait at a channel for issue, at least 2
 * @param operandBank bank of a channel, from 0, whose last row holds the operands that GWRITE reads
 * @param operandRows operands of a row's size that the global buffer holds: query heads of one KV
 *     head that share the activates of its rows
 * @param accessIntervalWhileWaiting at least so long from one read or write to the next while a
 *     blocked PIM waits to enter its mode
 * @param energy what its commands cost, empty when nobody says: then no energy is reported
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
    int computeToGwrite,
    int computeToRead,
    int computeToPrecharge,
    int bufferToBuffer,
    boolean computeHoldsRows,
    int pimQueue,
    int operandBank,
    int operandRows,
    int accessIntervalWhileWaiting,
    Optional<PimEnergy> energy) {}
