// SPDX-License-Identifier: Apache-2.0
package neupims.engine.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.unit.Clock;

/**
 * The time of communication between devices of a group, which all do the same at the same time. The
 * exchange of a partial sum begins when the task that makes it ends, and who waits for the task
 * waits for it too. What other work does not hide of it makes a stage longer.
 *
 * <pre>
 * program ---&gt; exchanged(program) ---&gt; device that simulates commands ---&gt; charge: stage by stage, how
 *         |                                                               much longer it takes
 *         '--&gt; device -----------------------------------------------&gt; charge: {@link StageDelay}
 * </pre>
 */
public final class Communication {
  private final Interconnect interconnect;
  private final InterconnectSpec spec;
  private final int tensorDevices;
  private final Clock clock;

  /**
   * Communication in a group.
   *
   * @param interconnect topology
   * @param spec its links
   * @param tensorDevices devices that share each block
   * @param clock of the report's cycles
   */
  public Communication(
      Interconnect interconnect, InterconnectSpec spec, int tensorDevices, Clock clock) {
    this.interconnect = interconnect;
    this.spec = spec;
    this.tensorDevices = tensorDevices;
    this.clock = clock;
  }

  /**
   * The program with exchanges of its partial sums; empty when there is nothing to exchange.
   *
   * @param program as compilers make it
   */
  public Optional<Program> exchanged(Program program) {
    List<Stage> stages = new ArrayList<>();
    boolean any = false;
    for (Stage stage : program.stages()) {
      long[] exchange = exchangeCycles(program, stage);
      List<Long> cycles = stage.partialSums().stream().map(task -> exchange[task]).toList();
      any |= cycles.stream().anyMatch(c -> c > 0);
      stages.add(stage.withExchanges(cycles));
    }
    return any ? Optional.of(new Program(program.tensors(), stages)) : Optional.empty();
  }

  /**
   * A report with communication as it was simulated.
   *
   * @param report how the program ran on one device alone
   * @param exchanged how it ran with exchanges
   * @param hopBytes activations that go to the next pipeline device, 0 when there is none
   */
  public DeviceReport charge(DeviceReport report, DeviceReport exchanged, long hopBytes) {
    List<StageReport> stages = new ArrayList<>();
    for (int s = 0; s < report.stages().size(); s++) {
      StageReport alone = report.stages().get(s);
      long longer = exchanged.stages().get(s).cycles() - alone.cycles();
      stages.add(alone.withCommunication(longer));
    }
    return report.withCommunication(stages, hop(hopBytes));
  }

  /**
   * A report with communication by the times of its tasks, see {@link StageDelay}.
   *
   * @param program what ran
   * @param report how it ran on one device
   * @param hopBytes activations that go to the next pipeline device, 0 when there is none
   */
  public DeviceReport charge(Program program, DeviceReport report, long hopBytes) {
    Map<String, Map<String, TaskReport>> tasks = new HashMap<>();
    for (TaskReport task : report.tasks()) {
      tasks.computeIfAbsent(task.stage(), stage -> new HashMap<>()).put(task.name(), task);
    }
    List<StageReport> stages = new ArrayList<>();
    for (int s = 0; s < program.stages().size(); s++) {
      Stage stage = program.stages().get(s);
      long[] exchange = exchangeCycles(program, stage);
      long delay = StageDelay.cycles(stage, tasks.getOrDefault(stage.name(), Map.of()), exchange);
      stages.add(report.stages().get(s).withCommunication(delay));
    }
    return report.withCommunication(stages, hop(hopBytes));
  }

  private long hop(long hopBytes) {
    return hopBytes == 0 ? 0 : cycles(interconnect.sendSeconds(spec, hopBytes));
  }

  /** Cycles of the exchange after each task. */
  private long[] exchangeCycles(Program program, Stage stage) {
    long[] exchange = new long[stage.tasks().size()];
    for (int index : stage.partialSums()) {
      Task task = stage.tasks().get(index);
      long bytes = program.tensors().get(task.output()).bytes();
      exchange[index] = cycles(interconnect.allReduceSeconds(spec, tensorDevices, bytes));
    }
    return exchange;
  }

  private long cycles(double seconds) {
    return Math.round(seconds * clock.hertz());
  }
}
