// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import neupims.api.compile.CompileInput;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.Activation;
import neupims.api.model.BlockForm;
import neupims.api.model.DataType;
import neupims.api.model.DecoderModel;
import neupims.api.model.Embeddings;
import neupims.api.model.Experts;
import neupims.api.model.ModelShard;
import neupims.api.model.Norm;
import neupims.api.model.Parallelism;
import neupims.api.model.Precision;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import org.junit.jupiter.api.Test;

final class SerialScheduleTest {
  private static final List<Resident> BATCH =
      List.of(new Resident(1, 0, 300), new Resident(2, 1, 5));

  /** DeepSeekMoE 16B: the first of 28 layers is dense, 10,944 wide, the others have 64 experts. */
  @Test
  void denseLayersComeFirstAndHaveStagesOfTheirOwn() {
    Experts experts = new Experts(64, 6, 1408, 2816, false, Experts.Routing.UNIFORM, 1);
    Program program = lower(experts, 10944);
    assertEquals(
        List.of("A0", "B0", "E0", "A", "B", "E"),
        program.stages().stream().map(Stage::name).toList());
    ModelShard shard = shard(experts, 10944);
    assertEquals(
        List.of(1L, 1L, 1L, 27L, 27L, 27L),
        program.stages().stream().map(s -> s.repeat().runs(shard.layers(0))).toList());
    assertEquals(
        List.of(false, false, false, true, true, true),
        program.stages().stream().map(Stage::inBlock).toList());
    Stage dense = program.stages().get(2);
    assertEquals(gemm(10944 / 2), kernel(dense, "1.ffn.up"));
    assertFalse(dense.tasks().stream().anyMatch(t -> t.kernel() instanceof Kernel.ExpertGemm));
    Stage others = program.stages().get(5);
    assertTrue(others.tasks().stream().anyMatch(t -> t.kernel() instanceof Kernel.ExpertGemm));
    assertEquals(gemm(2816 / 2), kernel(others, "1.ffn.shared.up"));
  }

  @Test
  void layersThatAreAllAlikeAreOneBlock() {
    Program program = lower(new Experts(64, 6, 1408, 2816, false, Experts.Routing.UNIFORM), 0);
    assertEquals(List.of("A", "B", "E"), program.stages().stream().map(Stage::name).toList());
    program.stages().forEach(s -> assertEquals(Stage.Repeat.EVERY_LAYER, s.repeat()));
  }

  private static Kernel gemm(int columns) {
    return new Kernel.Gemm(2, 2048, columns, DataType.BF16, DataType.BF16);
  }

  private static Kernel kernel(Stage stage, String task) {
    return stage.tasks().stream()
        .filter(t -> t.name().equals(task))
        .map(Task::kernel)
        .findFirst()
        .orElseThrow();
  }

  private static Program lower(Experts experts, int feedForward) {
    var device = new DeviceCapabilities(true, new MemoryCapabilities(true, true), 32);
    var input = new CompileInput(shard(experts, feedForward), List.of(BATCH), device);
    return new SerialSchedule(AttentionUnit.PIM).lower(input);
  }

  private static ModelShard shard(Experts experts, int feedForward) {
    DecoderModel model =
        new DecoderModel(
            "m",
            "deepseek",
            28,
            16,
            16,
            128,
            2048,
            feedForward,
            102400,
            4096,
            0,
            new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false),
            new Embeddings(0, false),
            Optional.of(experts),
            Precision.of(DataType.BF16));
    return new ModelShard(model, new Parallelism(2, 1));
  }
}
