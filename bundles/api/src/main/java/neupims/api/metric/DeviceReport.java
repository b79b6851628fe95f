// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.model.Layers;

/**
 * One decode step on one device.
 *
 * @param blockCycles steady-state cost of a decoder block for the whole batch, memory cycles
 * @param stages in order of execution
 * @param tasks in order of start, each stage beginning where the one before it ends
 * @param utilization over the stages of the block
 * @param stalls what the units did in each cycle of the block
 * @param traffic of all simulated stages
 * @param commands of all simulated stages over all channels, every command present
 * @param hopCycles to send the batch's activations to the next pipeline device, memory cycles
 * @param wallSeconds time the simulation took on this machine
 */
public record DeviceReport(
    long blockCycles,
    List<StageReport> stages,
    List<TaskReport> tasks,
    Utilization utilization,
    Stalls stalls,
    Traffic traffic,
    Map<Command, Long> commands,
    long hopCycles,
    double wallSeconds) {

  /** What one device alone did. */
  public DeviceReport(
      long blockCycles,
      List<StageReport> stages,
      List<TaskReport> tasks,
      Utilization utilization,
      Stalls stalls,
      Traffic traffic,
      Map<Command, Long> commands,
      double wallSeconds) {
    this(blockCycles, stages, tasks, utilization, stalls, traffic, commands, 0, wallSeconds);
  }

  public DeviceReport {
    stages = List.copyOf(stages);
    tasks = List.copyOf(tasks);
    commands = Map.copyOf(commands);
  }

  /** The stages as reports write them. */
  public List<StageCycles> stageCycles() {
    return stages.stream()
        .map(
            s ->
                new StageCycles(
                    s.name(), s.cycles(), s.communicationCycles(), s.partOf().orElse(null)))
        .toList();
  }

  /** Cycles that the memory has seen: all but those of stages measured as parts of others. */
  public long simulatedCycles() {
    return stages.stream().mapToLong(StageReport::simulatedCycles).sum();
  }

  /**
   * The cycle, as tasks count them, of a command that a {@link neupims.api.hw.CommandSink} heard:
   * later by what was not simulated before it.
   */
  public long taskCycle(long commandCycle) {
    long simulated = 0;
    long ahead = 0;
    for (StageReport stage : stages) {
      if (simulated > commandCycle) {
        break;
      }
      simulated += stage.simulatedCycles();
      ahead += stage.cycles() - stage.simulatedCycles();
    }
    return commandCycle + ahead;
  }

  /**
   * Cycles of a step over a device's layers on this device: each stage times its runs, and the
   * communication that the stages do not hide.
   */
  public long stepCycles(Layers layers) {
    return stages.stream().mapToLong(s -> s.cycles() * s.repeat().runs(layers)).sum()
        + communicationCycles(layers);
  }

  /** Communication in a step over a device's layers that nothing hides. */
  public long communicationCycles(Layers layers) {
    return stages.stream().mapToLong(s -> s.communicationCycles() * s.repeat().runs(layers)).sum();
  }

  /** The same with communication. */
  public DeviceReport withCommunication(List<StageReport> charged, long hop) {
    return new DeviceReport(
        blockCycles, charged, tasks, utilization, stalls, traffic, commands, hop, wallSeconds);
  }

  /** The same with another wall time. */
  public DeviceReport withWallSeconds(double seconds) {
    return new DeviceReport(
        blockCycles, stages, tasks, utilization, stalls, traffic, commands, hopCycles, seconds);
  }

  /**
   * Energy of a step over a device's layers on this one device: each stage's times its runs; empty
   * when the hardware does not say what it draws.
   */
  public Optional<Energy> stepEnergy(Layers layers) {
    Energy sum = Energy.NONE;
    for (StageReport stage : stages) {
      if (stage.energy().isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(stage.energy().get().times(stage.repeat().runs(layers)));
    }
    return Optional.of(sum);
  }
}
