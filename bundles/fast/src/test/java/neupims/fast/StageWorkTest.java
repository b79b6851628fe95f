// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import org.junit.jupiter.api.Test;

final class StageWorkTest {
  private static final List<Resident> ONE = List.of(new Resident(7, 0, 30));

  private static Task task(String name, Kernel kernel, Integer... after) {
    return new Task(name, kernel, List.of(after), List.of(), -1);
  }

  private static StageWork of(int rows) {
    Kernel norm = new Kernel.Vector(VectorOp.LAYER_NORM, rows, 64);
    Kernel logit = new Kernel.PimLogitSoftmax(ONE, 4, 16);
    Kernel attend = new Kernel.PimAttend(ONE, 4, 16);
    Kernel gemm = new Kernel.Gemm(rows, 64, 192);
    List<Task> tasks =
        List.of(
            task("norm", norm),
            task("logit", logit),
            task("attend", attend, 1),
            task("qkv", gemm, 0));
    Stage stage = new Stage("B", Stage.Repeat.ONCE, false, tasks);
    return StageWork.of(stage, "AB.").orElseThrow();
  }

  @Test
  void aStageFallsIntoAChainAndAttention() {
    StageWork work = of(5);
    assertEquals(5, work.rows());
    assertEquals(List.of(0, 3), work.chainTasks());
    assertEquals(List.of(1, 2), work.attentionTasks());
    assertTrue(work.onPim());
    assertEquals(ONE, work.residents());
    assertEquals(work.chain(), of(9).chain());
    assertNotEquals(
        work.chain(), StageWork.of(work.stage(), "ABE.").orElseThrow().chain(), "other program");
  }

  @Test
  void aPartAloneWaitsForItsOwnTasksOnly() {
    StageWork work = of(5);
    Program program =
        new Program(List.of(new Tensor("x", 1, Tensor.Kind.ACTIVATION)), List.of(work.stage()));
    Stage chain = work.alone(program, work.chainTasks()).stages().get(0);
    assertEquals(List.of("norm", "qkv"), chain.tasks().stream().map(Task::name).toList());
    assertEquals(List.of(0), chain.tasks().get(1).after());
    assertTrue(chain.inBlock());
    Stage attention = work.alone(program, work.attentionTasks()).stages().get(0);
    assertEquals(List.of(0), attention.tasks().get(1).after());
  }

  @Test
  void promptsAndRaggedChainsAreNotCovered() {
    Kernel prompt =
        new Kernel.PrefillAttention(
            List.of(new PrefillChunk(1, 0, 0, 3)), 0, 3, true, AttentionShape.multiHead(4, 16));
    Stage prefill = new Stage("B", Stage.Repeat.ONCE, true, List.of(task("p", prompt)));
    assertFalse(StageWork.of(prefill, "").isPresent());
    List<Task> ragged =
        List.of(task("a", new Kernel.Gemm(3, 8, 8)), task("b", new Kernel.Gemm(4, 8, 8)));
    assertFalse(StageWork.of(new Stage("A", Stage.Repeat.ONCE, true, ragged), "").isPresent());
  }
}
