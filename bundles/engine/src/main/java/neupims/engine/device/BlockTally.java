// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Stage;
import neupims.api.run.Device;
import neupims.engine.energy.Activity;
import neupims.engine.energy.EnergyModel;
import neupims.engine.energy.NpuWork;

/** Adds up the stages of the steady-state block and makes the report. */
final class BlockTally {
  private final Device device;
  private final MemorySession session;
  private final Optional<EnergyModel> energy;
  private final StallTally stalls;
  private MemoryCounters before;
  private long cycles;
  private long macs;
  private long accesses;
  private long pimComputeCycles;

  /** Commands that the session has not issued but stages have, being parts of others. */
  private final long[] ofParts = new long[Command.values().length];

  BlockTally(Device device, MemorySession session) {
    this.device = device;
    this.session = session;
    energy = EnergyModel.of(device.npu(), device.memory());
    before = session.counters().copy();
    stalls = new StallTally(device.memory());
  }

  /** Marks the begin of a stage. */
  void begin() {
    before = session.counters().copy();
  }

  /** The stage that began there. */
  StageReport stage(Stage stage, long stageCycles, NpuWork work) {
    return stage(stage, before, session.counters(), stageCycles, work);
  }

  /**
   * A stage that is the leading part of an earlier one: what that did counts once more, and what
   * has been simulated since {@link #begin} does not.
   */
  StageReport part(Stage stage, PartRun part, long simulatedCycles, NpuWork work) {
    MemoryCounters counters = session.counters();
    for (Command command : Command.values()) {
      ofParts[command.ordinal()] +=
          part.after().commands(command)
              - part.before().commands(command)
              - (counters.commands(command) - before.commands(command));
    }
    return stage(stage, part.before(), part.after(), part.cycles(), work)
        .asPartOf(part.whole(), simulatedCycles);
  }

  private StageReport stage(
      Stage stage, MemoryCounters from, MemoryCounters until, long stageCycles, NpuWork work) {
    Activity activity = Activity.between(from, until, stageCycles, work);
    return new StageReport(
        stage.name(),
        stage.repeat(),
        stage.inBlock(),
        stageCycles,
        energy.map(model -> model.of(activity)));
  }

  /** Adds what happened since to the block. */
  void add(long start, long end, long stageMacs, StageSpans spans) {
    MemoryCounters counters = session.counters();
    stalls.add(spans, start, end, before, counters);
    cycles += end - start;
    macs += stageMacs;
    accesses += accesses(counters) - accesses(before);
    for (int c = 0; c < counters.channels(); c++) {
      pimComputeCycles += counters.pimComputeCycles(c) - before.pimComputeCycles(c);
    }
  }

  private static long accesses(MemoryCounters counters) {
    return counters.commands(Command.RD) + counters.commands(Command.WR);
  }

  DeviceReport report(List<StageReport> stages, List<TaskReport> tasks, double wallSeconds) {
    MemoryCounters counters = session.counters();
    long accessBytes = device.memory().organization().accessBytes();
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      commands.put(command, counters.commands(command) + ofParts[command.ordinal()]);
    }
    Traffic traffic =
        new Traffic(commands.get(Command.RD) * accessBytes, commands.get(Command.WR) * accessBytes);
    return new DeviceReport(
        cycles,
        stages,
        tasks,
        utilization(counters.channels()),
        stalls.stalls(),
        traffic,
        commands,
        wallSeconds);
  }

  private Utilization utilization(int channels) {
    if (cycles == 0) {
      return new Utilization(0, 0, 0);
    }
    MemorySpec memory = device.memory();
    double seconds = memory.clock().seconds(cycles);
    double npuCycles = seconds * device.npu().clock().hertz();
    double bytes = (double) accesses * memory.organization().accessBytes();
    return new Utilization(
        macs / (device.npu().peakMacsPerCycle() * npuCycles),
        pimComputeCycles / ((double) cycles * channels),
        bytes / (memory.peakBytesPerCycle() * cycles));
  }
}
