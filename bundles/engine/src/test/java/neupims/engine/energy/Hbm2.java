// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import java.util.Optional;
import neupims.api.hw.DramCurrents;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuEnergy;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimEnergy;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;

/** The memory and the energies of facts/neupims.md section 2; one channel, a cycle is a ns. */
final class Hbm2 {
  static final DramCurrents CURRENTS =
      new DramCurrents(1.2, 1, 65, 28, 40, 40, 55, 390, 500, 250, 31);
  static final PimEnergy PIM = new PimEnergy(4, 16, 1, 4, 15);

  private static final Clock GIGAHERTZ = new Clock(1_000_000_000);

  private Hbm2() {}

  static MemorySpec memory(Optional<DramCurrents> currents, Optional<PimEnergy> pim) {
    return new MemorySpec(
        "hbm2",
        "hbm2",
        GIGAHERTZ,
        new Organization(1, 2, 4, 4, 32768, 1024, 64),
        new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2),
        null,
        currents,
        Optional.of(pim(pim)));
  }

  private static PimSpec pim(Optional<PimEnergy> energy) {
    return new PimSpec(
        true, true, false, 4, 16, 2, 6, 16, 96, 2, 4, 6, 6, true, 16, 9, 1, 1, energy);
  }

  static NpuSpec npu(Optional<NpuEnergy> energy) {
    return new NpuSpec(
        "npu", "npu", GIGAHERTZ, 8, 128, 128, 8, 128, 1 << 20, 1 << 20, energy, Parameters.NONE);
  }
}
