// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;

/**
 * A stage as the model sees it: a chain of matrix products and vector operations on some rows, and
 * the attention of some requests. Beside both K and V may be written that came over a link.
 *
 * @param stage the stage
 * @param chain program, stage and shapes of the NPU's products and vector operations without their
 *     rows
 * @param rows their rows, 0 without them
 * @param chainTasks their indices
 * @param attentionTasks indices of the attention's tasks
 * @param onPim whether the attention is on the PIM: logit and attend
 * @param residents whose attention; empty without attention
 * @param receiveTasks indices of the tasks that write what came over a link
 * @param received whose
 */
record StageWork(
    Stage stage,
    String chain,
    int rows,
    List<Integer> chainTasks,
    List<Integer> attentionTasks,
    boolean onPim,
    List<Resident> residents,
    List<Integer> receiveTasks,
    List<PrefillChunk> received) {

  /**
   * The stage's work; empty when there is anything else in it.
   *
   * @param program what sort of program it is in: chains of other programs have their operands
   *     elsewhere, which alone makes several percent
   */
  static Optional<StageWork> of(Stage stage, String program) {
    StringBuilder chain = new StringBuilder();
    List<Integer> chained = new ArrayList<>();
    List<Integer> attention = new ArrayList<>();
    List<Integer> receives = new ArrayList<>();
    List<PrefillChunk> received = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < stage.tasks().size(); i++) {
      Kernel kernel = stage.tasks().get(i).kernel();
      int own;
      if (kernel instanceof Kernel.Gemm g) {
        own = g.rows();
        chain.append(
            "gemm %d %d %s %s;".formatted(g.inner(), g.columns(), g.activations(), g.weights()));
      } else if (kernel instanceof Kernel.Vector v) {
        own = v.rows();
        chain.append("%s %d %s;".formatted(v.op(), v.columns(), v.values()));
      } else if (kernel instanceof Kernel.KvAppend append && append.fromLink()) {
        receives.add(i);
        received.addAll(append.chunks());
        continue;
      } else {
        attention.add(i);
        continue;
      }
      if (rows != 0 && rows != own) {
        return Optional.empty();
      }
      rows = own;
      chained.add(i);
    }
    List<Kernel> kernels = attention.stream().map(i -> stage.tasks().get(i).kernel()).toList();
    boolean onPim = kernels.size() == 2;
    List<Resident> residents = List.of();
    if (kernels.size() == 1 && kernels.get(0) instanceof Kernel.NpuAttention npu) {
      residents = npu.residents();
    } else if (onPim
        && kernels.get(0) instanceof Kernel.PimLogitSoftmax logit
        && kernels.get(1) instanceof Kernel.PimAttend attend
        && logit.residents().equals(attend.residents())) {
      residents = logit.residents();
    } else if (!kernels.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StageWork(
            stage,
            program + stage.name() + ":" + chain,
            rows,
            chained,
            attention,
            onPim,
            residents,
            receives,
            received));
  }

  /** Every stage of a program; empty when one has other work in it. */
  static Optional<List<StageWork>> of(Program program) {
    List<StageWork> all = new ArrayList<>();
    String names = String.join("", program.stages().stream().map(Stage::name).toList());
    for (Stage stage : program.stages()) {
      Optional<StageWork> work = of(stage, names + ".");
      if (work.isEmpty()) {
        return Optional.empty();
      }
      all.add(work.get());
    }
    return Optional.of(all);
  }

  /**
   * Start, cycles at the memory's peak and finish of the loads of each task of the chain.
   *
   * @param cost of the chain alone, with the times of its tasks
   */
  double[][] loads(double[] cost, double bytesPerCycle) {
    double[][] loads = new double[chainTasks.size()][];
    for (int i = 0; i < loads.length; i++) {
      long bytes = 0;
      if (stage.tasks().get(chainTasks.get(i)).kernel() instanceof Kernel.Gemm g) {
        bytes =
            (long) g.inner() * g.columns() * g.weights().bytes()
                + (long) g.rows() * g.inner() * g.activations().bytes();
      }
      double start = cost[Cost.COUNT + 2 * i];
      loads[i] = new double[] {start, bytes / bytesPerCycle, cost[Cost.COUNT + 2 * i + 1]};
    }
    return loads;
  }

  boolean hasChain() {
    return !chainTasks.isEmpty();
  }

  boolean hasAttention() {
    return !attentionTasks.isEmpty();
  }

  boolean receives() {
    return !receiveTasks.isEmpty();
  }

  /** The stage without what came over a link, as a program. */
  Program withoutReceived(Program program) {
    return alone(
        program,
        IntStream.range(0, stage.tasks().size())
            .filter(i -> !receiveTasks.contains(i))
            .boxed()
            .toList());
  }

  /** The stage as a program. */
  Program alone(Program program) {
    return alone(program, IntStream.range(0, stage.tasks().size()).boxed().toList());
  }

  /** A program of some of the stage's tasks and nothing else. */
  Program alone(Program program, List<Integer> indices) {
    List<Task> tasks = new ArrayList<>();
    for (int index : indices) {
      Task task = stage.tasks().get(index);
      List<Integer> after = task.after().stream().map(indices::indexOf).toList();
      List<Integer> left = after.stream().filter(i -> i >= 0).toList();
      tasks.add(new Task(task.name(), task.kernel(), left, task.inputs(), task.output()));
    }
    Stage alone = new Stage(stage.name(), Stage.Repeat.ONCE, true, tasks);
    return new Program(program.tensors(), List.of(alone));
  }
}
