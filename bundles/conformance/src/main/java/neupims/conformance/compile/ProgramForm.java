// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.model.DataType;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.conformance.Expect;

/** Whether indices, names and operand sizes of a program are in order. */
record ProgramForm(Program program) {

  void check() {
    Expect.that(!program.stages().isEmpty(), "a program without a stage");
    requireDistinct(program.tensors().stream().map(Tensor::name).toList(), "tensors");
    requireDistinct(program.stages().stream().map(Stage::name).toList(), "stages");
    for (Stage stage : program.stages()) {
      Expect.that(!stage.tasks().isEmpty(), "stage " + stage.name() + " has no task");
      requireDistinct(stage.tasks().stream().map(Task::name).toList(), "stage " + stage.name());
      for (int index = 0; index < stage.tasks().size(); index++) {
        checkTask(stage, index);
      }
      checkPartialSums(stage);
    }
  }

  private static void checkPartialSums(Stage stage) {
    String where = "partial sums of stage " + stage.name();
    requireDistinct(stage.partialSums().stream().map(String::valueOf).toList(), where);
    for (int index : stage.partialSums()) {
      Expect.that(index >= 0 && index < stage.tasks().size(), where + ": task " + index);
      Expect.that(
          stage.tasks().get(index).output() >= 0, where + ": task " + index + " has no output");
    }
  }

  private void checkTask(Stage stage, int index) {
    Task task = stage.tasks().get(index);
    String where = "stage " + stage.name() + ", task " + task.name();
    for (int before : task.after()) {
      Expect.that(before >= 0 && before < index, where + " waits for task " + before);
    }
    for (int input : task.inputs()) {
      Expect.that(input >= 0 && input < program.tensors().size(), where + " reads " + input);
    }
    Expect.that(
        task.output() >= -1 && task.output() < program.tensors().size(),
        where + " writes " + task.output());
    checkOperands(task, where);
  }

  private void checkOperands(Task task, String where) {
    if (task.kernel() instanceof Kernel.Gemm gemm) {
      Expect.equal(2, task.inputs().size(), where + ": activations and weights");
      DataType values = gemm.activations();
      requireBytes((long) gemm.rows() * gemm.inner(), values, task.inputs().get(0), where);
      requireBytes(
          (long) gemm.inner() * gemm.columns(), gemm.weights(), task.inputs().get(1), where);
      Expect.equal(Tensor.Kind.WEIGHT, tensor(task.inputs().get(1)).kind(), where);
      requireBytes((long) gemm.rows() * gemm.columns(), values, task.output(), where);
    } else if (task.kernel() instanceof Kernel.ExpertGemm experts) {
      checkExperts(experts, task, where);
    } else if (task.kernel() instanceof Kernel.ExpertSum sum) {
      Expect.equal(1, task.inputs().size(), where);
      long values = (long) sum.rows() * sum.columns();
      requireBytes(sum.perToken() * values, sum.values(), task.inputs().get(0), where);
      requireBytes(values, sum.values(), task.output(), where);
    } else if (task.kernel() instanceof Kernel.Vector vector) {
      Expect.equal(vector.op().inputs(), task.inputs().size(), where);
      long values = (long) vector.rows() * vector.columns();
      task.inputs().forEach(input -> requireBytes(values, vector.values(), input, where));
      requireBytes(values, vector.values(), task.output(), where);
    } else if (task.kernel() instanceof Kernel.KvAppend append) {
      checkAppend(append, task, where);
    } else {
      checkAttention(task, where);
    }
  }

  /** The weights are those of whole experts, enough for the last one that is named. */
  private void checkExperts(Kernel.ExpertGemm gemm, Task task, String where) {
    Expect.equal(2, task.inputs().size(), where + ": activations and weights");
    DataType values = gemm.activations();
    requireBytes((long) gemm.inputRows() * gemm.inner(), values, task.inputs().get(0), where);
    requireBytes((long) gemm.rows() * gemm.columns(), values, task.output(), where);
    Tensor weights = tensor(task.inputs().get(1));
    Expect.equal(Tensor.Kind.WEIGHT, weights.kind(), where);
    long matrix = (long) gemm.inner() * gemm.columns() * gemm.weights().bytes();
    Expect.equal(0, weights.bytes() % matrix, where + ": bytes of " + weights.name());
    long before = -1;
    for (ExpertRows expert : gemm.experts()) {
      Expect.that(expert.expert() > before, where + ": experts do not ascend");
      Expect.that(expert.expert() < weights.bytes() / matrix, where + ": no weights of an expert");
      Expect.that(expert.rows() > 0 && expert.rows() <= gemm.inputRows(), where + ": rows");
      before = expert.expert();
    }
  }

  /** It reads K and V of its chunks from a product of all rows, or has them from a link. */
  private void checkAppend(Kernel.KvAppend append, Task task, String where) {
    if (append.fromLink()) {
      Expect.equal(List.of(), task.inputs(), where + " reads no tensor");
      Expect.equal(-1, task.output(), where + " leaves nothing but tiles");
      return;
    }
    Expect.equal(1, task.inputs().size(), where + " reads the QKV product");
    Expect.equal(-1, task.output(), where + " leaves nothing but tiles");
    long row = append.shape().queryBytes() + 2L * append.productBytes();
    requireBytes(append.rows() * row, task.inputs().get(0), where);
    Expect.equal(append.chunks().size(), append.firstRows().size(), where + ": first rows");
    for (int c = 0; c < append.chunks().size(); c++) {
      int row0 = append.firstRows().get(c);
      int end = row0 + append.chunks().get(c).tokens();
      Expect.that(row0 >= 0 && end <= append.rows(), where + ": rows of chunk " + c);
    }
  }

  private void checkAttention(Task task, String where) {
    Attention attention = Attention.of(task.kernel());
    if (attention.readsQueries()) {
      Expect.equal(1, task.inputs().size(), where + " reads the queries");
      long bytes = tensor(task.inputs().get(0)).bytes();
      Expect.that(bytes >= attention.bytes(), where + ": no room for the queries");
    } else {
      Expect.equal(List.of(), task.inputs(), where + " reads no tensor");
    }
    if (attention.attends()) {
      requireBytes(bytesLeftIn(task.output()), task.output(), where);
    } else {
      Expect.equal(-1, task.output(), where + " leaves nothing in memory");
    }
  }

  /** Decodes and prompts of a sub-batch write parts of one tensor, together all of it. */
  private long bytesLeftIn(int tensor) {
    return program.stages().stream()
        .flatMap(stage -> stage.tasks().stream())
        .filter(task -> task.output() == tensor)
        .mapToLong(task -> Attention.of(task.kernel()).bytes())
        .sum();
  }

  private void requireBytes(long values, DataType type, int tensor, String where) {
    requireBytes(values * type.bytes(), tensor, where);
  }

  private void requireBytes(long bytes, int tensor, String where) {
    Expect.that(tensor >= 0, where + " has no operand in memory");
    String message = where + ": bytes of " + tensor(tensor).name();
    Expect.equal(bytes, tensor(tensor).bytes(), message);
  }

  private Tensor tensor(int index) {
    return program.tensors().get(index);
  }

  private static void requireDistinct(List<String> names, String what) {
    Set<String> distinct = new HashSet<>(names);
    Expect.equal(names.size(), distinct.size(), what + " share names: " + names);
  }
}
