// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import org.junit.jupiter.api.Test;

final class StageBuilderTest {
  private static final List<Resident> BATCH =
      List.of(new Resident(1, 0, 300), new Resident(2, 1, 5), new Resident(3, 2, 80));
  private static final ModelShard SHARD =
      new ModelShard(
          DecoderModel.gpt("gpt3-7b", 32, 32, 4096, 16384, 50304, 2048), new Parallelism(4, 1));

  private static final CompileInput INPUT =
      new CompileInput(
          SHARD,
          List.of(BATCH),
          new DeviceCapabilities(true, new MemoryCapabilities(true, true), 32));

  /** GPT3-7B with TP 4, shapes as the reference runs them [R]. */
  @Test
  void matricesHaveTheShapesOfATensorParallelShard() {
    Map<String, Kernel> gemms = new TreeMap<>();
    for (Task task : tasks(new SerialSchedule(AttentionUnit.PIM).lower(INPUT))) {
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
    ProgramBuilder program = new ProgramBuilder(INPUT);
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
    ProgramBuilder program = new ProgramBuilder(INPUT);
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
    Program program = new SerialSchedule(AttentionUnit.NPU).lower(INPUT);
    Map<String, List<String>> inputs = new TreeMap<>();
    for (Task task : tasks(program)) {
      inputs.put(
          task.name(), task.inputs().stream().map(i -> program.tensors().get(i).name()).toList());
    }
    assertEquals(List.of("1.layer0.input", "1.layer0.attn.proj"), inputs.get("1.attn.residual"));
    assertEquals(
        List.of("1.layer0.attn.residual", "1.layer0.ffn.fc2"), inputs.get("1.ffn.residual"));
  }

  /** Llama 3 8B with TP 4: 8 of 32 heads, 2 of 8 KV heads, gate and up 3,584 wide each. */
  @Test
  void aGatedNetworkHasThreeMatricesAndSharedHeadsANarrowerQkv() {
    DecoderModel llama =
        model(
            new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false),
            32,
            8,
            14336,
            4);
    Program program = new SerialSchedule(AttentionUnit.PIM).lower(input(llama, 4));
    Map<String, Kernel> kernels = new TreeMap<>();
    tasks(program).forEach(task -> kernels.put(task.name(), task.kernel()));
    assertEquals(new Kernel.Gemm(3, 4096, (8 + 2 * 2) * 128), kernels.get("1.attn.qkv"));
    assertEquals(new Kernel.Gemm(3, 4096, 3584), kernels.get("1.ffn.gate"));
    assertEquals(new Kernel.Gemm(3, 4096, 3584), kernels.get("1.ffn.up"));
    assertEquals(new Kernel.Gemm(3, 3584, 4096), kernels.get("1.ffn.down"));
    assertEquals(new Kernel.Vector(VectorOp.SWIGLU, 3, 3584), kernels.get("1.ffn.swiglu"));
    assertEquals(new Kernel.Vector(VectorOp.RMS_NORM, 3, 4096), kernels.get("1.ffn.ln"));
    var logit = (Kernel.PimLogitSoftmax) kernels.get("1.attn.logit");
    assertEquals(2, logit.shape().kvHeads());
    // The window of four tokens is all that attention reads of 300, 5 and 80.
    assertEquals(
        List.of(4, 4, 4), logit.residents().stream().map(Resident::sequenceTokens).toList());
  }

  @Test
  void aParallelBlockNormalisesOnceAndAddsBothToItsInput() {
    DecoderModel falcon =
        model(
            new BlockForm(Activation.GELU, Norm.LAYER, 1, true, false, false, false),
            32,
            1,
            16384,
            0);
    Program program = new SerialSchedule(AttentionUnit.NPU).lower(input(falcon, 1));
    Map<String, List<String>> inputs = new TreeMap<>();
    for (Task task : tasks(program)) {
      inputs.put(
          task.name(), task.inputs().stream().map(i -> program.tensors().get(i).name()).toList());
    }
    assertEquals("1.layer0.attn.ln", inputs.get("1.ffn.fc1").get(0));
    assertEquals(List.of("1.layer0.input", "1.layer0.attn.proj"), inputs.get("1.attn.residual"));
    assertEquals(
        List.of("1.layer0.attn.residual", "1.layer0.ffn.fc2"), inputs.get("1.ffn.residual"));
    assertFalse(inputs.containsKey("1.ffn.ln"));
    assertEquals(List.of("1.ffn.fc2"), exchanged(program));
  }

  @Test
  void expertsWaitForTheirRouterAndWhatAllTokensGoThroughIsAddedToo() {
    Experts experts = new Experts(6, 2, 512, 1024, true, Experts.Routing.BALANCED);
    BlockForm block = new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false);
    DecoderModel model = model(block, 32, 32, 0, 0, Optional.of(experts));
    Program program = new SerialSchedule(AttentionUnit.NPU).lower(input(model, 2));
    List<Task> last = program.stages().get(2).tasks();
    List<String> names = last.stream().map(Task::name).toList();
    Map<String, List<String>> inputs = new TreeMap<>();
    for (Task task : last) {
      inputs.put(
          task.name(), task.inputs().stream().map(i -> program.tensors().get(i).name()).toList());
    }
    assertEquals(new Kernel.Gemm(3, 4096, 6), last.get(names.indexOf("1.ffn.router")).kernel());
    Task gate = last.get(names.indexOf("1.ffn.experts.gate"));
    assertTrue(gate.after().contains(names.indexOf("1.ffn.route")), gate.after().toString());
    // Three tokens, two experts each: one token for each expert.
    var product = (Kernel.ExpertGemm) gate.kernel();
    assertEquals(6, product.rows());
    assertEquals(6, product.experts().size());
    assertEquals(256, product.columns());
    assertEquals(List.of("1.layer0.ffn.experts.down"), inputs.get("1.ffn.experts.sum"));
    assertEquals(
        List.of("1.layer0.attn.residual", "1.layer0.ffn.experts.sum"),
        inputs.get("1.ffn.residual"));
    assertEquals(
        List.of("1.layer0.ffn.residual", "1.layer0.ffn.shared.down"),
        inputs.get("1.ffn.shared.residual"));
    assertEquals(
        new Kernel.Gemm(3, 4096, 512), last.get(names.indexOf("1.ffn.shared.up")).kernel());
  }

  /** Rows: three decodes, then 40, 25 and 30 tokens of prompts, of which one leaves the device. */
  @Test
  void promptsAreCopiedToTheirChannelsBesideTheProjection() {
    List<PrefillChunk> chunks =
        List.of(
            new PrefillChunk(7, 4, 0, 40),
            new PrefillChunk(8, PrefillChunk.NO_CHANNEL, 0, 25),
            new PrefillChunk(9, 5, 100, 30));
    CompileInput input = new CompileInput(SHARD, List.of(BATCH), chunks, INPUT.device(), 0, 0);
    Program onPim = new SerialSchedule(AttentionUnit.PIM).lower(input);
    Task copy = onPim.stages().get(2).tasks().get(0);
    Task qkv = onPim.stages().get(0).tasks().get(1);
    assertEquals(
        new Kernel.KvAppend(
            List.of(chunks.get(0), chunks.get(2)), List.of(3, 68), 98, SHARD.attention()),
        copy.kernel());
    assertEquals(List.of(qkv.output()), copy.inputs());
    assertEquals(List.of(), copy.after());
    Program onNpu = new SerialSchedule(AttentionUnit.NPU).lower(input);
    assertFalse(tasks(onNpu).stream().anyMatch(t -> t.kernel() instanceof Kernel.KvAppend));
    assertFalse(
        tasks(new SerialSchedule(AttentionUnit.PIM).lower(INPUT)).stream()
            .anyMatch(t -> t.kernel() instanceof Kernel.KvAppend));
  }

  private static DecoderModel model(
      BlockForm block, int heads, int kvHeads, int feedForward, int window) {
    return model(block, heads, kvHeads, feedForward, window, Optional.empty());
  }

  private static DecoderModel model(
      BlockForm block,
      int heads,
      int kvHeads,
      int feedForward,
      int window,
      Optional<Experts> experts) {
    return new DecoderModel(
        "m",
        "m",
        2,
        heads,
        kvHeads,
        128,
        4096,
        feedForward,
        1000,
        2048,
        window,
        block,
        new Embeddings(0, false),
        experts,
        Precision.of(DataType.FP16));
  }

  private static CompileInput input(DecoderModel model, int tp) {
    ModelShard shard = new ModelShard(model, new Parallelism(tp, 1));
    return new CompileInput(shard, List.of(BATCH), INPUT.device());
  }

  /** Projection and fc2 are cut by rows: what they make is summed over the devices. */
  @Test
  void partialSumsAreThoseOfProjectionAndFeedForward() {
    Program program = new SerialSchedule(AttentionUnit.NPU).lower(INPUT);
    assertEquals(List.of("1.attn.proj", "1.ffn.fc2"), exchanged(program));
  }

  private static List<String> exchanged(Program program) {
    return program.stages().stream()
        .flatMap(s -> s.partialSums().stream().map(i -> s.tasks().get(i).name()))
        .toList();
  }

  @Test
  void partsOutOfOrderAreRefused() {
    ProgramBuilder program = new ProgramBuilder(INPUT);
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
