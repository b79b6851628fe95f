// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuEnergy;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.PimEnergy;
import neupims.api.hw.PimSpec;
import neupims.api.metric.Energy;
import neupims.api.run.SystemSpec;

/** Energy of a device's work. Linear in the work: that of parts adds up to that of the whole. */
public final class EnergyModel {
  private static final PimEnergy PLAIN = new PimEnergy(0, 0, 0, 0, 0);

  private final MemorySpec memory;
  private final CommandEnergy command;
  private final PimEnergy pim;
  private final NpuEnergy npu;
  private final double rowBufferWatts;

  private EnergyModel(MemorySpec memory, NpuEnergy npu) {
    this.memory = memory;
    this.npu = npu;
    var currents = memory.currents().orElseThrow();
    command = CommandEnergy.of(memory, currents);
    pim = memory.pim().flatMap(PimSpec::energy).orElse(PLAIN);
    rowBufferWatts =
        1e-3 * pim.rowBufferMilliamps() * currents.vddVolts() * currents.devicesPerRank();
  }

  /** The model of a device, empty when {@link #missing} says why. */
  public static Optional<EnergyModel> of(NpuSpec npu, MemorySpec memory) {
    return missing(npu, memory).isPresent()
        ? Optional.empty()
        : Optional.of(new EnergyModel(memory, npu.energy().orElseThrow()));
  }

  /** What the system's data does not say, in a line for the user; empty when nothing is missing. */
  public static Optional<String> missing(SystemSpec system) {
    return system
        .accelerator()
        .map(
            a ->
                "no energy is reported: accelerator %s does not say what it draws"
                    .formatted(a.name()))
        .or(() -> missing(system.npu(), system.memory()));
  }

  /** The same of an NPU and its memory. */
  static Optional<String> missing(NpuSpec npu, MemorySpec memory) {
    String what = null;
    if (memory.currents().isEmpty()) {
      what = "memory %s gives no currents".formatted(memory.name());
    } else if (memory.pim().isPresent() && memory.pim().get().energy().isEmpty()) {
      what = "memory %s does not say what its PIM commands cost".formatted(memory.name());
    } else if (npu.energy().isEmpty()) {
      what = "NPU %s does not say what its operations cost".formatted(npu.name());
    }
    return Optional.ofNullable(what).map(w -> "no energy is reported: " + w);
  }

  /** Energy of a stretch of time on the device. */
  public Energy of(Activity activity) {
    return new Energy(npu(activity.npu()), memory(activity), pim(activity));
  }

  private double npu(NpuWork work) {
    return 1e-12 * (work.macs() * npu.macPicojoules())
        + 1e-12 * (work.sramBytes() * npu.sramPicojoulesPerByte());
  }

  private double memory(Activity a) {
    int ranks = memory.organization().channels() * memory.organization().ranks();
    return a.count(Command.ACT) * command.activateJoules()
        + a.count(Command.RD) * command.readJoules()
        + a.count(Command.WR) * command.writeJoules()
        + a.count(Command.REF) * command.refreshJoules()
        + ranks * command.standbyWatts() * memory.clock().seconds(a.memoryCycles());
  }

  private double pim(Activity a) {
    double reads =
        a.count(Command.PIM_COMP) * pim.computeReads()
            + a.count(Command.GWRITE) * pim.gwriteReads()
            + a.count(Command.PIM_RDRES) * pim.resultReads();
    double activates = a.count(Command.PIM_ACT) * pim.groupActivates();
    int ranks = memory.organization().ranks();
    return reads * command.readJoules()
        + activates * command.activateJoules()
        + ranks * rowBufferWatts * memory.clock().seconds(a.pimBusyCycles());
  }
}
