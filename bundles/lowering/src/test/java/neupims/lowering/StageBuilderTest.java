// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import org.junit.jupiter.api.Test;

final class StageBuilderTest {
  private static final List<Resident> BATCH =
      List.of(new Resident(1, 0, 300), new Resident(2, 1, 5), new Resident(3, 2, 80));
  private static final ModelShard SHARD =
      new ModelShard(
          new DecoderModel("gpt3-7b", 32, 32, 4096, 16384, 50304, 2048, 2), new Parallelism(4, 1));

  /** GPT3-7B with TP 4, shapes as the reference runs them [R]. */
  @Test
  void matricesHaveTheShapesOfATensorParallelShard() {
    Map<String, Kernel> gemms = new TreeMap<>();
    for (Task task : tasks(new SerialSchedule(AttentionUnit.PIM).lower(SHARD, BATCH))) {
      if (task.kernel() instanceof Kernel.Gemm) {
        gemms.put(task.name(), task.kernel());
      }
    }
    assertEquals(
        Map.of(
            "1.attn.qkv", new Kernel.Gemm(3, 4096, 3072),
            "1.attn.proj", new Kernel.Gemm(3, 1024, 4096),
            "1.ffn.fc1", new Kernel.Gemm(3, 4096, 4096),
            "1.ffn.fc2", new Kernel.Gemm(3, 4096, 4096)),
        gemms);
  }

  @Test
  void weightsAreThoseOfTheBlockAndShared() {
    ProgramBuilder program = new ProgramBuilder(SHARD);
    SubBatch one = program.subBatch(BATCH.subList(0, 1));
    SubBatch two = program.subBatch(BATCH.subList(1, 3));
    StageBuilder stage = program.stage("A", Stage.Repeat.EVERY_LAYER, true);
    for (SubBatch batch : List.of(one, two)) {
      stage.qkv(batch).attention(batch, AttentionUnit.NPU).projectionAndFeedForward(batch);
    }
    assertEquals(SHARD.blockWeightBytes(), weightBytes(program.build()));
  }

  @Test
  void theNextLayerHasWeightsOfItsOwnAndReadsWhatThisOneLeft() {
    ProgramBuilder program = new ProgramBuilder(SHARD);
    SubBatch batch = program.subBatch(BATCH);
    StageBuilder stage = program.stage("A", Stage.Repeat.EVERY_LAYER, true);
    stage.qkv(batch).attention(batch, AttentionUnit.PIM).projectionAndFeedForward(batch);
    program.stage("B", Stage.Repeat.EVERY_LAYER, true).qkv(batch);
    Program built = program.build();
    Task lastOfThis = built.stages().get(0).tasks().get(10);
    Task firstOfNext = built.stages().get(1).tasks().get(0);
    assertEquals("1.ffn.residual", lastOfThis.name());
    assertEquals(List.of(lastOfThis.output()), firstOfNext.inputs());
    assertTrue(built.tensors().stream().anyMatch(t -> t.name().equals("layer1.attn.qkv.weight")));
  }

  @Test
  void aResidualAddsWhatItsHalfOfTheBlockBeganWith() {
    Program program = new SerialSchedule(AttentionUnit.NPU).lower(SHARD, BATCH);
    Map<String, List<String>> inputs = new TreeMap<>();
    for (Task task : tasks(program)) {
      inputs.put(
          task.name(), task.inputs().stream().map(i -> program.tensors().get(i).name()).toList());
    }
    assertEquals(List.of("1.layer0.input", "1.layer0.attn.proj"), inputs.get("1.attn.residual"));
    assertEquals(
        List.of("1.layer0.attn.residual", "1.layer0.ffn.fc2"), inputs.get("1.ffn.residual"));
  }

  @Test
  void partsOutOfOrderAreRefused() {
    ProgramBuilder program = new ProgramBuilder(SHARD);
    SubBatch batch = program.subBatch(BATCH);
    StageBuilder stage = program.stage("A", Stage.Repeat.EVERY_LAYER, true);
    assertThrows(IllegalStateException.class, () -> stage.attention(batch, AttentionUnit.PIM));
    stage.qkv(batch);
    assertThrows(IllegalStateException.class, () -> stage.projectionAndFeedForward(batch));
  }

  private static List<Task> tasks(Program program) {
    return program.stages().stream().flatMap(stage -> stage.tasks().stream()).toList();
  }

  private static long weightBytes(Program program) {
    return program.tensors().stream()
        .filter(tensor -> tensor.kind() == Tensor.Kind.WEIGHT)
        .mapToLong(Tensor::bytes)
        .sum();
  }
}
