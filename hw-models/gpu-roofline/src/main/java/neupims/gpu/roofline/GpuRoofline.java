// SPDX-License-Identifier: Apache-2.0
package neupims.gpu.roofline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.DeviceModel;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * A GPU as a roofline (Williams, Waterman, Patterson, CACM 2009): kernels run one after the other,
 * each as long as the longer of its arithmetic and its memory traffic takes, and an overhead:
 *
 * <pre>
 * cycles = ceil(max(macs / (computeShare x peak), bytes / (bandwidthShare x bandwidth))
 *               + kernelNanos x clock)
 * </pre>
 *
 * with the shares of peak and bandwidth that well-tuned kernels reach. It bounds a GPU from its
 * best side: no partly filled tiles, no launch gaps, full bandwidth for small tensors.
 */
@Component(property = "service.description=a GPU as a roofline with caps on peak and bandwidth")
@NeupimsName("gpu-roofline")
public final class GpuRoofline implements DeviceModel {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.real(
            KernelTime.COMPUTE, 0.01, 1, "share of the peak that large GEMMs reach."),
        ParameterSpec.real(
            KernelTime.BANDWIDTH, 0.01, 1, "share of the bandwidth that large kernels reach."),
        ParameterSpec.real(KernelTime.OVERHEAD, 0, 1e6, "nanoseconds between two kernels."));
  }

  @Override
  public DeviceReport simulate(AcceleratorSpec spec, Program program) {
    List<StageReport> stages = new ArrayList<>();
    List<TaskReport> tasks = new ArrayList<>();
    BlockSum block = new BlockSum();
    Traffic traffic = new Traffic(0, 0);
    long now = 0;
    for (Stage stage : program.stages()) {
      long began = now;
      for (Task task : stage.tasks()) {
        KernelWork work = KernelWork.of(program, task);
        KernelTime time = KernelTime.of(spec, work, task.kernel().chain() != Kernel.Chain.COPY);
        tasks.add(new TaskReport(stage.name(), task.name(), now, now + time.cycles()));
        now += time.cycles();
        traffic =
            new Traffic(
                traffic.readBytes() + work.readBytes(), traffic.writeBytes() + work.writeBytes());
        if (stage.inBlock()) {
          block.add(work, time);
        }
      }
      stages.add(
          new StageReport(
              stage.name(), stage.repeat(), stage.inBlock(), now - began, Optional.empty()));
    }
    return new DeviceReport(
        block.cycles(),
        stages,
        tasks,
        block.utilization(spec),
        block.stalls(),
        traffic,
        noCommands(),
        0);
  }

  /** Its memory is not simulated command by command. */
  private static Map<Command, Long> noCommands() {
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      commands.put(command, 0L);
    }
    return commands;
  }
}
