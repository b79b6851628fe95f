// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemorySession;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.run.Device;
import neupims.engine.energy.NpuWork;

/** One simulation: a program's stages one after the other on one memory session. */
final class ProgramRun {
  private final Device device;
  private final Program program;
  private final MemorySession memory;
  private final Outbox outbox = new Outbox();
  private final Planner planner;
  private final BlockTally block;
  private final StageSpans spans;

  ProgramRun(Device device, Program program, CommandSink sink) {
    this.device = device;
    this.program = program;
    boolean running = device.options().runningAddresses();
    MemoryMap map = MemoryMap.of(device.memory().organization(), program.tensors(), running);
    spans = new StageSpans(device.memory().organization().channels());
    memory = device.memoryModel().open(device.memory(), sink);
    Placement placement =
        running
            ? new RunningAddresses(map, memory, program.tensors())
            : new OwnAddresses(map, memory);
    ClockRatio ratio = new ClockRatio(device.npu().clock(), device.memory().clock());
    Npu npu = new Npu(ratio, new UnitState(), new UnitState(), placement, outbox, spans);
    Optional<Pim> pim = Planner.pim(device, map);
    planner = new Planner(device, program, npu, pim);
    block = new BlockTally(device, memory);
  }

  /** Runs it. */
  DeviceReport run() {
    long began = System.nanoTime();
    List<PlannedTask[]> planned = new ArrayList<>();
    for (Stage stage : program.stages()) {
      planned.add(planner.plan(stage));
    }
    List<StageReport> stages = new ArrayList<>();
    List<TaskReport> tasks = new ArrayList<>();
    long now = 0;
    for (int s = 0; s < planned.size(); s++) {
      Stage stage = program.stages().get(s);
      block.begin();
      spans.clear();
      long end = new StageRun(stage, memory, outbox, planned.get(s)).run(now, tasks, spans);
      NpuWork work = NpuWork.NONE;
      for (PlannedTask task : planned.get(s)) {
        work = work.plus(task.work());
      }
      stages.add(block.stage(stage, end - now, work));
      if (stage.inBlock()) {
        block.add(now, end, work.macs(), spans);
      }
      now = end;
    }
    tasks.sort((a, b) -> Long.compare(a.startCycle(), b.startCycle()));
    double seconds = (System.nanoTime() - began) * 1e-9;
    return block.report(stages, tasks, seconds);
  }
}
