// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import neupims.api.hw.DramCurrents;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;

/**
 * Energy of a DRAM's commands from its currents: the current that a command's loop draws beyond
 * standby, times the time of a turn of the loop, times the supply voltage (Micron TN-41-01, docs/
 * ENERGY.md). All devices of the rank together.
 *
 * @param activateJoules an activate and the precharge that ends it
 * @param readJoules a read
 * @param writeJoules a write
 * @param refreshJoules an all-bank refresh of a rank
 * @param standbyWatts a rank with active banks that does nothing
 */
public record CommandEnergy(
    double activateJoules,
    double readJoules,
    double writeJoules,
    double refreshJoules,
    double standbyWatts) {

  /** The energies of a memory's commands. */
  public static CommandEnergy of(MemorySpec memory, DramCurrents currents) {
    DramTiming t = memory.timing();
    double active = currents.idd3nMilliamps();
    double standby = active * t.ras() + currents.idd2nMilliamps() * t.rp();
    double watts = 1e-3 * currents.vddVolts() * currents.devicesPerRank();
    double joules = watts / memory.clock().hertz();
    return new CommandEnergy(
        (currents.idd0Milliamps() * t.rc() - standby) * joules,
        (currents.idd4rMilliamps() - active) * t.burst() * joules,
        (currents.idd4wMilliamps() - active) * t.burst() * joules,
        (currents.idd5abMilliamps() - active) * t.rfc() * joules,
        active * watts);
  }
}
