// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.run.DeviceDiff.ProgramPart;
import org.junit.jupiter.api.Test;

class ProgramPartsTest {
  private static final Tensor TENSOR = new Tensor("x", 64, Tensor.Kind.ACTIVATION);

  private static Task gemm(String name, int rows, int output) {
    return new Task(name, new Kernel.Gemm(rows, 2, 3), List.of(), List.of(0), output);
  }

  private static Task attention(int tokens) {
    Kernel kernel =
        new Kernel.PimAttend(
            List.of(new Resident(1, 0, 5), new Resident(2, 3, tokens)),
            AttentionShape.multiHead(2, 8));
    return new Task("attend", kernel, List.of(), List.of(), 0);
  }

  private static Program of(Stage... stages) {
    return new Program(List.of(TENSOR), List.of(stages));
  }

  private static Stage stage(String name, Task... tasks) {
    return new Stage(name, Stage.Repeat.EVERY_LAYER, true, List.of(tasks));
  }

  private static void parts(Program a, Program b, String where, String first, String second) {
    assertEquals(Optional.of(new ProgramPart(where, first, second)), ProgramParts.of(a, b));
  }

  @Test
  void theSameProgramHasNoPlace() {
    assertEquals(
        Optional.empty(),
        ProgramParts.of(
            of(stage("A", gemm("g", 1, 0), attention(7))),
            of(stage("A", gemm("g", 1, 0), attention(7)))));
  }

  @Test
  void theFirstPlaceIsNamed() {
    Program whole = of(stage("A", gemm("g", 1, 0), attention(7)), stage("B", gemm("h", 4, 0)));
    parts(
        whole,
        of(stage("A", gemm("g", 1, 0), attention(8)), stage("C")),
        "stage A, task 2 (attend), request 2 of its batch",
        "request 2 of 7 tokens in channel 3",
        "request 2 of 8 tokens in channel 3");
    parts(
        whole,
        of(stage("A", gemm("g", 1, 0), attention(7)), stage("C")),
        "the stages",
        "stage B of 1 tasks",
        "stage C of 0 tasks");
    parts(
        whole,
        of(stage("A", gemm("g", 1, 0), attention(7))),
        "the stages",
        "stage B of 1 tasks",
        "nothing");
    parts(
        whole,
        of(stage("A", gemm("g", 1, -1), attention(7)), stage("B", gemm("h", 4, 0))),
        "stage A, task 1 (g)",
        "after [], inputs [0], output 0",
        "after [], inputs [0], output -1");
    parts(
        of(stage("A", attention(7))),
        of(stage("A", gemm("g", 1, 0))),
        "stage A, task 1",
        "attend, PimAttend of 2 requests, 12 tokens",
        "g, Gemm[rows=1, inner=2, columns=3, activations=FP16, weights=FP16]");
  }

  @Test
  void programsThatDifferInATensorAloneAreNotTheSame() {
    Program a = of(stage("A", gemm("g", 1, 0)));
    Program b = new Program(List.of(new Tensor("x", 128, Tensor.Kind.ACTIVATION)), a.stages());
    assertEquals("tensor 1", ProgramParts.of(a, b).orElseThrow().where());
  }
}
