// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import org.junit.jupiter.api.Test;

/** The checks of programs pass a good one and fail each broken one. */
final class BrokenProgramsTest {
  private static final Tensor INPUT = new Tensor("input", 2 * 4 * 2, Tensor.Kind.ACTIVATION);
  private static final Tensor WEIGHT = new Tensor("weight", 4 * 8 * 2, Tensor.Kind.WEIGHT);
  private static final Tensor PRODUCT = new Tensor("product", 2 * 8 * 2, Tensor.Kind.ACTIVATION);
  private static final Tensor GELU = new Tensor("gelu", 2 * 8 * 2, Tensor.Kind.ACTIVATION);
  private static final List<Tensor> TENSORS = List.of(INPUT, WEIGHT, PRODUCT, GELU);
  private static final Task GEMM = gemm(8, 2);

  @Test
  void aGoodProgramPasses() {
    Program program = program(TENSORS, GEMM, gelu("gelu", List.of(0)));
    new ProgramForm(program).check();
    new ProgramFlow(program).check();
  }

  @Test
  void aTaskMustNotWaitForItself() {
    assertBadForm("waits for task 1", program(TENSORS, GEMM, gelu("gelu", List.of(1))));
  }

  @Test
  void tasksOfAStageMustNotShareAName() {
    assertBadForm("share names", program(TENSORS, GEMM, gelu("gemm", List.of(0))));
  }

  @Test
  void operandsMustBeAsLargeAsTheKernelSays() {
    assertBadForm("bytes of weight", program(TENSORS, gemm(7, 2), gelu("gelu", List.of(0))));
  }

  @Test
  void aProductMustNotStayOutOfMemory() {
    assertBadForm("has no operand", program(TENSORS, gemm(8, -1), gelu("gelu", List.of(0))));
  }

  @Test
  void aTaskMustWaitForWhatItReads() {
    assertBadFlow("does not wait for product", program(TENSORS, GEMM, gelu("gelu", List.of())));
  }

  @Test
  void nothingIsWrittenTwiceInOneStageOrInTwo() {
    assertBadFlow("writes again product", program(TENSORS, GEMM, GEMM));
    List<Stage> twoStages = List.of(stage("A", GEMM), stage("B", GEMM));
    assertBadFlow("writes again product", new Program(TENSORS, twoStages));
  }

  @Test
  void weightsAreNotWritten() {
    Kernel kernel = new Kernel.Vector(VectorOp.GELU, 2, 8);
    Task task = new Task("gelu", kernel, List.of(), List.of(2), 1);
    assertBadFlow("writes weights", program(TENSORS, task));
  }

  @Test
  void valuesMustWaitForTheSoftmax() {
    List<Resident> one = List.of(new Resident(1, 0, 10));
    Task logit =
        new Task("logit", new Kernel.PimLogitSoftmax(one, 1, 4), List.of(), List.of(0), -1);
    Task attend = new Task("attend", new Kernel.PimAttend(one, 1, 4), List.of(), List.of(), 2);
    assertBadFlow("softmax of request 1", program(TENSORS, logit, attend));
  }

  private static void assertBadForm(String message, Program program) {
    var error = assertThrows(AssertionError.class, () -> new ProgramForm(program).check());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private static void assertBadFlow(String message, Program program) {
    var error = assertThrows(AssertionError.class, () -> new ProgramFlow(program).check());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  private static Program program(List<Tensor> tensors, Task... tasks) {
    return new Program(tensors, List.of(stage("A", tasks)));
  }

  private static Stage stage(String name, Task... tasks) {
    return new Stage(name, Stage.Repeat.EVERY_LAYER, true, List.of(tasks));
  }

  private static Task gemm(int columns, int output) {
    return new Task("gemm", new Kernel.Gemm(2, 4, columns), List.of(), List.of(0, 1), output);
  }

  private static Task gelu(String name, List<Integer> after) {
    return new Task(name, new Kernel.Vector(VectorOp.GELU, 2, 8), after, List.of(2), 3);
  }
}
