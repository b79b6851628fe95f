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
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
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

  /** Of each stage the leading part of an earlier one that it is; null if it is none. */
  private final PartRun[] parts;

  /** The same part at the earlier stage's place. */
  private final PartRun[] watched;

  private final List<StageReport> stages = new ArrayList<>();
  private final List<TaskReport> tasks = new ArrayList<>();
  private long now;

  /** By how much the time of tasks is ahead of the memory's: what has not been simulated. */
  private long ahead;

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
    parts = new PartRun[program.stages().size()];
    watched = new PartRun[parts.length];
  }

  /** Runs it. */
  DeviceReport run() {
    long began = System.nanoTime();
    List<PlannedTask[]> planned = new ArrayList<>();
    for (Stage stage : program.stages()) {
      planned.add(planner.plan(stage));
    }
    findParts();
    for (int s = 0; s < planned.size(); s++) {
      if (parts[s] != null && parts[s].known()) {
        again(s, planned.get(s));
      } else {
        simulate(s, planned.get(s));
      }
    }
    tasks.sort((a, b) -> Long.compare(a.startCycle(), b.startCycle()));
    double seconds = (System.nanoTime() - began) * 1e-9;
    return block.report(stages, tasks, seconds);
  }

  private void simulate(int s, PlannedTask[] planned) {
    Stage stage = program.stages().get(s);
    block.begin();
    spans.clear();
    StageRun run = new StageRun(stage, memory, outbox, planned, watched[s]);
    long end = run.run(now, spans);
    tasks.addAll(run.tasks(ahead));
    NpuWork work = work(planned);
    stages.add(block.stage(stage, end - now, work));
    if (stage.inBlock()) {
      block.add(now, end, work.macs(), spans);
    }
    now = end;
  }

  /**
   * A stage that an earlier one began with. Of it only the NPU's last task is simulated, so that
   * the stage that follows finds the writes that this one leaves; it counts as it did there.
   */
  private void again(int s, PlannedTask[] planned) {
    Stage stage = program.stages().get(s);
    PartRun part = parts[s];
    block.begin();
    long end = now;
    int last = planned.length - 1;
    while (last >= 0 && planned[last].chain() != Kernel.Chain.NPU) {
      last--;
    }
    if (last >= 0 && s + 1 < program.stages().size()) {
      Task task = stage.tasks().get(last);
      Task alone = new Task(task.name(), task.kernel(), List.of(), task.inputs(), task.output());
      Stage rest = new Stage(stage.name(), stage.repeat(), false, List.of(alone));
      PlannedTask[] run = {planned[last]};
      end = new StageRun(rest, memory, outbox, run, null).run(now, spans);
    }
    stages.add(block.part(stage, part, end - now, work(planned)));
    tasks.addAll(part.tasks(stage, now + ahead));
    ahead += part.cycles() - (end - now);
    now = end;
  }

  private static NpuWork work(PlannedTask[] planned) {
    NpuWork work = NpuWork.NONE;
    for (PlannedTask task : planned) {
      work = work.plus(task.work());
    }
    return work;
  }

  /**
   * The stages that earlier ones begin with, each at its own place. Only those that run once in a
   * step: what it is multiplied with, and the block, are simulated. The first stage finds the
   * memory as it is when it is switched on, so that no other is like it.
   */
  private void findParts() {
    List<Stage> all = program.stages();
    for (int s = 2; s < parts.length; s++) {
      Stage stage = all.get(s);
      boolean once = stage.repeat() == Stage.Repeat.ONCE && !stage.inBlock();
      for (int e = s - 1; once && parts[s] == null && e > 0; e--) {
        Optional<int[]> places = LeadingPart.places(program, all.get(e), stage);
        if (places.isPresent() && parts[e] == null && watched[e] == null) {
          parts[s] = new PartRun(all.get(e).name(), places.get());
          watched[e] = parts[s];
        }
      }
    }
  }
}
