// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;

/** Whether indices, names and operand sizes of a program are in order. */
record ProgramForm(Program program, int bytesPerValue) {

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
      assertValues((long) gemm.rows() * gemm.inner(), task.inputs().get(0), where);
      assertValues((long) gemm.inner() * gemm.columns(), task.inputs().get(1), where);
      assertEquals(Tensor.Kind.WEIGHT, tensor(task.inputs().get(1)).kind(), where);
      assertValues((long) gemm.rows() * gemm.columns(), task.output(), where);
    } else if (task.kernel() instanceof Kernel.Vector vector) {
      assertEquals(vector.op() == VectorOp.RESIDUAL_ADD ? 2 : 1, task.inputs().size(), where);
      long values = (long) vector.rows() * vector.columns();
      task.inputs().forEach(input -> assertValues(values, input, where));
      assertValues(values, task.output(), where);
    } else {
      checkAttention(task, where);
    }
  }

  private void checkAttention(Task task, String where) {
    Attention attention = Attention.of(task.kernel());
    if (attention.readsQueries()) {
      assertEquals(1, task.inputs().size(), where + " reads the queries");
      long bytes = tensor(task.inputs().get(0)).bytes();
      assertTrue(bytes >= attention.values() * bytesPerValue, where + ": room for the queries");
    } else {
      assertEquals(List.of(), task.inputs(), where + " reads no tensor");
    }
    if (attention.attends()) {
      assertValues(attention.values(), task.output(), where);
    } else {
      assertEquals(-1, task.output(), where + " leaves nothing in memory");
    }
  }

  private void assertValues(long values, int tensor, String where) {
    assertTrue(tensor >= 0, where + " has an operand in memory");
    String message = where + ": bytes of " + tensor(tensor).name();
    assertEquals(values * bytesPerValue, tensor(tensor).bytes(), message);
  }

  private Tensor tensor(int index) {
    return program.tensors().get(index);
  }

  private static void assertDistinct(List<String> names, String what) {
    Set<String> distinct = new HashSet<>(names);
    assertEquals(names.size(), distinct.size(), what + " share names: " + names);
  }
}
