// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.Device;
import neupims.engine.energy.NpuWork;

/** Plans every kernel of a program and finds room for its residents, before cycle 0. */
final class Planner {
  private final Device device;
  private final Program program;
  private final Npu npu;
  private final Optional<Pim> pim;

  Planner(Device device, Program program, Npu npu, Optional<Pim> pim) {
    this.device = device;
    this.program = program;
    this.npu = npu;
    this.pim = pim;
  }

  /** The PIM of a memory that has one, its KV cache above the tensors. */
  static Optional<Pim> pim(Device device, MemoryMap map) {
    MemorySpec memory = device.memory();
    Optional<KvLayout> layout = device.memoryModel().kvLayout(memory);
    return layout
        .filter(l -> memory.pim().isPresent())
        .map(l -> new Pim(memory.organization(), memory.pim().get(), new KvMap(l, map)));
  }

  /** The tasks of a stage. */
  PlannedTask[] plan(Stage stage) {
    PlannedTask[] tasks = new PlannedTask[stage.tasks().size()];
    for (int t = 0; t < tasks.length; t++) {
      Task task = stage.tasks().get(t);
      try {
        tasks[t] = plan(task, t);
      } catch (IllegalArgumentException e) {
        String where = "stage %s, task %s: ".formatted(stage.name(), task.name());
        throw new IllegalArgumentException(where + e.getMessage(), e);
      }
    }
    return tasks;
  }

  private PlannedTask plan(Task task, int order) {
    if (task.kernel() instanceof Kernel.PimLogitSoftmax logit) {
      NpuPlan softmax = device.npuModel().plan(device.npu(), logit);
      place(logit.residents(), logit.shape(), softmax);
      return new PlannedTask(
          new LogitRun(npu, needPim(), order, logit, softmax),
          task.kernel().chain(),
          work(softmax));
    }
    if (task.kernel() instanceof Kernel.PimAttend attend) {
      place(attend.residents(), attend.shape(), null);
      long bytes = (long) attend.residents().size() * attend.shape().queryBytes();
      NpuWork work = NpuWork.passing(bytes);
      return new PlannedTask(attend(task, order, attend), task.kernel().chain(), work);
    }
    if (task.kernel() instanceof Kernel.KvAppend append) {
      return append(task, order, append);
    }
    NpuPlan plan = device.npuModel().plan(device.npu(), task.kernel());
    new OperandCheck(task, program.tensors()).check(plan);
    return new PlannedTask(new PlanRun(npu, task, order, plan), task.kernel().chain(), work(plan));
  }

  private PlannedTask append(Task task, int order, Kernel.KvAppend kernel) {
    Organization memory = device.memory().organization();
    OperandCheck operands = new OperandCheck(task, program.tensors());
    long stripe = (long) memory.rowBytes() * memory.channels();
    for (PrefillChunk chunk : kernel.chunks()) {
      if (chunk.channel() != PrefillChunk.NO_CHANNEL) {
        place(List.of(AppendRun.resident(kernel, chunk)), kernel.shape(), null);
      }
    }
    KvMap cache = pim.map(Pim::cache).orElse(null);
    if (kernel.fromLink()) {
      AppendRun run = new AppendRun(npu, cache, order, kernel, AppendRun.LINK, stripe);
      return new PlannedTask(run, kernel.chain(), NpuWork.NONE);
    }
    long bytes = 0;
    for (int c = 0; c < kernel.chunks().size(); c++) {
      long half = (long) kernel.chunks().get(c).tokens() * kernel.productBytes();
      operands.read(0, kernel.productOffset(c, 1), half);
      bytes += 2 * half;
    }
    AppendRun run = new AppendRun(npu, cache, order, kernel, task.inputs().get(0), stripe);
    return new PlannedTask(run, kernel.chain(), NpuWork.passing(bytes));
  }

  private NpuWork work(NpuPlan plan) {
    return NpuWork.of(plan, device.npu());
  }

  private AttendRun attend(Task task, int order, Kernel.PimAttend kernel) {
    int rowBytes = kernel.shape().queryBytes();
    int overTokens = device.options().attentionOutputOverTokens();
    return new AttendRun(npu, needPim(), order, kernel, task.output(), rowBytes, overTokens);
  }

  private void place(List<Resident> residents, AttentionShape shape, NpuPlan softmax) {
    int channels = device.memory().organization().channels();
    for (int r = 0; r < residents.size(); r++) {
      Resident resident = residents.get(r);
      if (resident.channel() < 0 || resident.channel() >= channels) {
        throw new IllegalArgumentException(
            "request %d is in channel %d, the memory has %d"
                .formatted(resident.request(), resident.channel(), channels));
      }
      long scores = softmax == null ? 0 : scoreBytes(softmax.tiles().get(r));
      needPim().cache().place(resident, shape, scores);
    }
  }

  private static long scoreBytes(NpuTile tile) {
    long bytes = 0;
    for (int s = 0; s < tile.stores(); s++) {
      bytes = Math.max(bytes, tile.storeOffset(s) + tile.storeBytes(s));
    }
    return bytes;
  }

  private Pim needPim() {
    return pim.orElseThrow(
        () -> new IllegalArgumentException("memory " + device.memory().name() + " has no PIM"));
  }
}
