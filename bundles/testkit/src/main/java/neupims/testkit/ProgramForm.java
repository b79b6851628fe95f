// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Whether indices, names and operand sizes of a program are in order. */
record ProgramForm(Program program) {

  void check() {
    assertFalse(program.stages().isEmpty(), "a program has a stage");
    assertDistinct(program.tensors().stream().map(Tensor::name).toList(), "tensors");
    assertDistinct(program.stages().stream().map(Stage::name).toList(), "stages");
    for (Stage stage : program.stages()) {
      assertFalse(stage.tasks().isEmpty(), "stage " + stage.name() + " has a task");
      assertDistinct(stage.tasks().stream().map(Task::name).toList(), "stage " + stage.name());
      for (int index = 0; index < stage.tasks().size(); index++) {
        checkTask(stage, index);
      }
      checkPartialSums(stage);
    }
  }

  private static void checkPartialSums(Stage stage) {
    String where = "partial sums of stage " + stage.name();
    assertDistinct(stage.partialSums().stream().map(String::valueOf).toList(), where);
    for (int index : stage.partialSums()) {
      assertTrue(index >= 0 && index < stage.tasks().size(), where + ": task " + index);
      assertTrue(stage.tasks().get(index).output() >= 0, where + " are tensors");
    }
  }

  private void checkTask(Stage stage, int index) {
    Task task = stage.tasks().get(index);
    String where = "stage " + stage.name() + ", task " + task.name();
    for (int before : task.after()) {
      assertTrue(before >= 0 && before < index, where + " waits for task " + before);
    }
    for (int input : task.inputs()) {
      assertTrue(input >= 0 && input < program.tensors().size(), where + " reads " + input);
    }
    assertTrue(task.output() >= -1 && task.output() < program.tensors().size(), where);
    checkOperands(task, where);
  }

  private void checkOperands(Task task, String where) {
    if (task.kernel() instanceof Kernel.Gemm gemm) {
      assertEquals(2, task.inputs().size(), where + ": activations and weights");
      DataType values = gemm.activations();
      assertBytes((long) gemm.rows() * gemm.inner(), values, task.inputs().get(0), where);
      assertBytes(
          (long) gemm.inner() * gemm.columns(), gemm.weights(), task.inputs().get(1), where);
      assertEquals(Tensor.Kind.WEIGHT, tensor(task.inputs().get(1)).kind(), where);
      assertBytes((long) gemm.rows() * gemm.columns(), values, task.output(), where);
    } else if (task.kernel() instanceof Kernel.ExpertGemm experts) {
      checkExperts(experts, task, where);
    } else if (task.kernel() instanceof Kernel.ExpertSum sum) {
      assertEquals(1, task.inputs().size(), where);
      long values = (long) sum.rows() * sum.columns();
      assertBytes(sum.perToken() * values, sum.values(), task.inputs().get(0), where);
      assertBytes(values, sum.values(), task.output(), where);
    } else if (task.kernel() instanceof Kernel.Vector vector) {
      assertEquals(vector.op().inputs(), task.inputs().size(), where);
      long values = (long) vector.rows() * vector.columns();
      task.inputs().forEach(input -> assertBytes(values, vector.values(), input, where));
      assertBytes(values, vector.values(), task.output(), where);
    } else {
      checkAttention(task, where);
    }
  }

  /** The weights are those of whole experts, enough for the last one that is named. */
  private void checkExperts(Kernel.ExpertGemm gemm, Task task, String where) {
    assertEquals(2, task.inputs().size(), where + ": activations and weights");
    DataType values = gemm.activations();
    assertBytes((long) gemm.inputRows() * gemm.inner(), values, task.inputs().get(0), where);
    assertBytes((long) gemm.rows() * gemm.columns(), values, task.output(), where);
    Tensor weights = tensor(task.inputs().get(1));
    assertEquals(Tensor.Kind.WEIGHT, weights.kind(), where);
    long matrix = (long) gemm.inner() * gemm.columns() * gemm.weights().bytes();
    assertEquals(0, weights.bytes() % matrix, where + ": bytes of " + weights.name());
    long before = -1;
    for (ExpertRows expert : gemm.experts()) {
      assertTrue(expert.expert() > before, where + " has its experts in ascending order");
      assertTrue(expert.expert() < weights.bytes() / matrix, where + " has expert's weights");
      assertTrue(expert.rows() > 0 && expert.rows() <= gemm.inputRows(), where + ": rows");
      before = expert.expert();
    }
  }

  private void checkAttention(Task task, String where) {
    Attention attention = Attention.of(task.kernel());
    if (attention.readsQueries()) {
      assertEquals(1, task.inputs().size(), where + " reads the queries");
      long bytes = tensor(task.inputs().get(0)).bytes();
      assertTrue(bytes >= attention.bytes(), where + ": room for the queries");
    } else {
      assertEquals(List.of(), task.inputs(), where + " reads no tensor");
    }
    if (attention.attends()) {
      assertBytes(bytesLeftIn(task.output()), task.output(), where);
    } else {
      assertEquals(-1, task.output(), where + " leaves nothing in memory");
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

  private void assertBytes(long values, DataType type, int tensor, String where) {
    assertBytes(values * type.bytes(), tensor, where);
  }

  private void assertBytes(long bytes, int tensor, String where) {
    assertTrue(tensor >= 0, where + " has an operand in memory");
    String message = where + ": bytes of " + tensor(tensor).name();
    assertEquals(bytes, tensor(tensor).bytes(), message);
  }

  private Tensor tensor(int index) {
    return program.tensors().get(index);
  }

  private static void assertDistinct(List<String> names, String what) {
    Set<String> distinct = new HashSet<>(names);
    assertEquals(names.size(), distinct.size(), what + " share names: " + names);
  }
}
