// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.UnitCycles;
import neupims.api.metric.Utilization;
import neupims.api.program.Stage;

/** Entries as bytes: every field of a report in the order of its records. */
final class EntryCodec {
  private EntryCodec() {}

  static void write(Entry entry, Numbers to) {
    to.put(entry.iteration());
    to.put(entry.replica());
    to.put(entry.digest());
    DeviceReport report = entry.report();
    to.put(report.blockCycles());
    to.put(report.stages().size());
    report.stages().forEach(stage -> write(stage, to));
    to.put(report.tasks().size());
    for (TaskReport task : report.tasks()) {
      to.put(task.stage());
      to.put(task.name());
      to.put(task.startCycle());
      to.put(task.finishCycle() - task.startCycle());
    }
    to.put(report.utilization().npu());
    to.put(report.utilization().pim());
    to.put(report.utilization().bandwidth());
    write(report.stalls().npu(), to);
    write(report.stalls().bus(), to);
    write(report.stalls().pim(), to);
    to.put(report.traffic().readBytes());
    to.put(report.traffic().writeBytes());
    for (Command command : Command.values()) {
      // A report need not have every command: -1 is none.
      to.put(report.commands().getOrDefault(command, -1L));
    }
    to.put(report.hopCycles());
    to.put(report.wallSeconds());
  }

  private static void write(StageReport stage, Numbers to) {
    to.put(stage.name());
    to.put(stage.repeat().ordinal());
    to.put(stage.inBlock() ? 1 : 0);
    to.put(stage.cycles());
    to.put(stage.communicationCycles());
    to.put(stage.energy().isPresent() ? 1 : 0);
    stage
        .energy()
        .ifPresent(
            energy -> {
              to.put(energy.npuJoules());
              to.put(energy.memoryJoules());
              to.put(energy.pimJoules());
            });
    to.put(stage.partOf().isPresent() ? 1 : 0);
    stage.partOf().ifPresent(to::put);
    to.put(stage.simulatedCycles());
  }

  private static void write(List<UnitCycles> units, Numbers to) {
    to.put(units.size());
    units.forEach(unit -> write(unit, to));
  }

  private static void write(UnitCycles unit, Numbers to) {
    to.put(unit.computing());
    to.put(unit.memory());
    to.put(unit.otherUnit());
    to.put(unit.refresh());
    to.put(unit.barrier());
    to.put(unit.empty());
  }

  static Entry read(Numbers from) {
    return new Entry(from.number(), from.count(), from.number(), report(from));
  }

  private static DeviceReport report(Numbers from) {
    long blockCycles = from.number();
    List<StageReport> stages = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      stages.add(stage(from));
    }
    List<TaskReport> tasks = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      String stage = from.text();
      String name = from.text();
      long start = from.number();
      tasks.add(new TaskReport(stage, name, start, start + from.number()));
    }
    Utilization utilization = new Utilization(from.real(), from.real(), from.real());
    Stalls stalls = new Stalls(unit(from), units(from), units(from));
    Traffic traffic = new Traffic(from.number(), from.number());
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      long count = from.number();
      if (count >= 0) {
        commands.put(command, count);
      }
    }
    return new DeviceReport(
        blockCycles,
        stages,
        tasks,
        utilization,
        stalls,
        traffic,
        commands,
        from.number(),
        from.real());
  }

  private static StageReport stage(Numbers from) {
    String name = from.text();
    Stage.Repeat repeat = Stage.Repeat.values()[from.count()];
    boolean inBlock = from.number() == 1;
    long cycles = from.number();
    long communication = from.number();
    Optional<Energy> energy =
        from.number() == 1
            ? Optional.of(new Energy(from.real(), from.real(), from.real()))
            : Optional.empty();
    Optional<String> partOf = from.number() == 1 ? Optional.of(from.text()) : Optional.empty();
    return new StageReport(
        name, repeat, inBlock, cycles, communication, energy, partOf, from.number());
  }

  private static List<UnitCycles> units(Numbers from) {
    List<UnitCycles> units = new ArrayList<>();
    for (int left = from.count(); left > 0; left--) {
      units.add(unit(from));
    }
    return units;
  }

  private static UnitCycles unit(Numbers from) {
    return new UnitCycles(
        from.number(), from.number(), from.number(), from.number(), from.number(), from.number());
  }
}
