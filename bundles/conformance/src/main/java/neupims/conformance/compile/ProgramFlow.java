// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.conformance.Expect;

/**
 * Whether every task waits for what it reads. What an earlier stage wrote is there; what a task of
 * the same stage writes must be among the tasks waited for, directly or through others.
 */
final class ProgramFlow {
  private static final Set<Integer> NOBODY = Set.of(-1);

  private final Program program;
  private final Set<Integer> written = new HashSet<>();
  private final Set<Resident> softened = new HashSet<>();

  ProgramFlow(Program program) {
    this.program = program;
  }

  void check() {
    Set<Integer> produced = new HashSet<>();
    for (Stage stage : program.stages()) {
      stage.tasks().stream().map(Task::output).filter(t -> t >= 0).forEach(produced::add);
    }
    program.stages().forEach(stage -> checkStage(stage, produced));
  }

  private void checkStage(Stage stage, Set<Integer> produced) {
    List<Set<Integer>> before = new ArrayList<>();
    Map<Integer, Set<Integer>> producer = new HashMap<>();
    Map<Resident, Integer> softmax = new HashMap<>();
    for (int index = 0; index < stage.tasks().size(); index++) {
      Task task = stage.tasks().get(index);
      String where = "stage " + stage.name() + ", task " + task.name();
      before.add(closure(task, before));
      for (int input : task.inputs()) {
        boolean fromOutside = written.contains(input) || !produced.contains(input);
        Expect.that(
            fromOutside || before.get(index).containsAll(producer.getOrDefault(input, NOBODY)),
            where + " does not wait for " + program.tensors().get(input).name());
      }
      checkSoftmax(task, index, before.get(index), softmax, where);
      checkOutput(task, producer, where);
      producer.computeIfAbsent(task.output(), tensor -> new HashSet<>()).add(index);
    }
    written.addAll(producer.keySet());
    softened.addAll(softmax.keySet());
  }

  private void checkSoftmax(
      Task task, int index, Set<Integer> before, Map<Resident, Integer> softmax, String where) {
    if (task.kernel() instanceof Kernel.PimLogitSoftmax logit) {
      logit.residents().forEach(resident -> softmax.put(resident, index));
    } else if (task.kernel() instanceof Kernel.PimAttend attend) {
      for (Resident resident : attend.residents()) {
        boolean waits = before.contains(softmax.getOrDefault(resident, -1));
        Expect.that(
            waits || softened.contains(resident),
            where + " does not wait for the softmax of request " + resident.request());
      }
    }
  }

  /** Attention of decodes and of prompts may leave parts of one tensor. */
  private void checkOutput(Task task, Map<Integer, Set<Integer>> producer, String where) {
    int output = task.output();
    if (output >= 0) {
      Tensor tensor = program.tensors().get(output);
      Expect.that(tensor.kind() != Tensor.Kind.WEIGHT, where + " writes weights");
      boolean part = task.kernel() instanceof Kernel.PrefillAttention;
      boolean again = written.contains(output) || producer.containsKey(output) && !part;
      Expect.that(!again, where + " writes again " + tensor.name());
    }
  }

  private static Set<Integer> closure(Task task, List<Set<Integer>> before) {
    Set<Integer> all = new HashSet<>(task.after());
    task.after().forEach(earlier -> all.addAll(before.get(earlier)));
    return all;
  }
}
