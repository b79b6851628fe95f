// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * Supply currents of a DRAM, with the names of the JEDEC standards, as averages over the loop of
 * commands that the standard gives for each. What they make of a command is in docs/ENERGY.md.
 *
 * @param vddVolts supply voltage
 * @param devicesPerRank devices that draw these currents side by side in a rank of a channel
 * @param idd0Milliamps activate and precharge of one bank every tRC
 * @param idd2pMilliamps all banks precharged, powered down; without effect while no controller
 *     powers down
 * @param idd2nMilliamps all banks precharged, standing by
 * @param idd3pMilliamps banks active, powered down; without effect as above
 * @param idd3nMilliamps banks active, standing by
 * @param idd4rMilliamps reads back to back
 * @param idd4wMilliamps writes back to back
 * @param idd5abMilliamps all-bank refreshes every tRFC
 * @param idd6Milliamps self refresh; without effect as above
 */
public record DramCurrents(
    double vddVolts,
    int devicesPerRank,
    double idd0Milliamps,
    double idd2pMilliamps,
    double idd2nMilliamps,
    double idd3pMilliamps,
    double idd3nMilliamps,
    double idd4rMilliamps,
    double idd4wMilliamps,
    double idd5abMilliamps,
    double idd6Milliamps) {}
