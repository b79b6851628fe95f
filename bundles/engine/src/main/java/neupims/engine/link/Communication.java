// SPDX-License-Identifier: Apache-2.0
package neupims.engine.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Adds the time of communication to what one device did. The exchange of a partial sum begins when
 * the task that makes it ends and delays the tasks that wait for it; see {@link StageDelay} for
 * what of it other work hides. All devices of a group do the same at the same time.
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
   * A report with communication.
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
    long hop = hopBytes == 0 ? 0 : cycles(interconnect.sendSeconds(spec, hopBytes));
    return report.withCommunication(stages, hop);
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
