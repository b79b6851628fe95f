// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.interleaved;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.testkit.ProgramCompilerContract;
import org.junit.jupiter.api.Test;

final class InterleavedCompilerTest extends ProgramCompilerContract {
  private static final DeviceCapabilities DUAL =
      new DeviceCapabilities(true, new MemoryCapabilities(true, true), 32);
  private static final List<Resident> ONE = List.of(new Resident(1, 0, 300));
  private static final List<Resident> TWO = List.of(new Resident(2, 5, 20));

  @Override
  protected ProgramCompiler compiler() {
    return new InterleavedCompiler();
  }

  @Test
  void everyStageRunsWhatTheReferenceRunsInItsOrder() throws IOException {
    ReferenceStages reference = new ReferenceStages();
    List<Stage> stages = compile(List.of(ONE, TWO)).stages();
    assertEquals(reference.stages(), stages.size());
    for (int stage = 0; stage < stages.size(); stage++) {
      assertEquals(reference.operations(stage, false), operations(stages.get(stage), false));
      assertEquals(reference.operations(stage, true), operations(stages.get(stage), true));
    }
  }

  /** The table of [P] sec. 5: which sub-batch is where. */
  @Test
  void oneSubBatchIsOnTheNpuWhileTheOtherIsOnThePim() {
    List<Stage> stages = compile(List.of(ONE, TWO)).stages();
    assertEquals(List.of("A", "B", "C", "D", "E", "F"), stages.stream().map(Stage::name).toList());
    assertEquals(
        List.of("1", "2", "1", "2", "1", "2"), stages.stream().map(s -> who(s, false)).toList());
    assertEquals(
        List.of("", "1", "2", "1", "2", ""), stages.stream().map(s -> who(s, true)).toList());
  }

  @Test
  void theSteadyStateIsStagesCAndD() {
    for (Stage stage : compile(List.of(ONE, TWO)).stages()) {
      boolean steady = stage.name().equals("C") || stage.name().equals("D");
      assertEquals(steady, stage.inBlock(), stage.name());
      assertEquals(steady ? Stage.Repeat.EVERY_LAYER_BUT_ONE : Stage.Repeat.ONCE, stage.repeat());
    }
  }

  @Test
  void oneSubBatchRunsSerially() {
    assertEquals(
        List.of("A", "B", "E"), compile(List.of(ONE)).stages().stream().map(Stage::name).toList());
  }

  @Test
  void aBlockedPimWillNotDo() {
    DeviceCapabilities blocked =
        new DeviceCapabilities(true, new MemoryCapabilities(true, false), 32);
    assertEquals(
        List.of("a memory that can be read while a GEMV runs"), compiler().missing(blocked));
  }

  private Program compile(List<List<Resident>> subBatches) {
    DecoderModel model = DecoderModel.gpt("gpt3-7b", 32, 32, 4096, 16384, 50304, 2048);
    ModelShard shard = new ModelShard(model, new Parallelism(4, 1));
    return compiler().compile(new CompileInput(shard, subBatches, DUAL));
  }

  private static List<String> operations(Stage stage, boolean pim) {
    return stage.tasks().stream()
        .map(task -> task.name().substring(2))
        .filter(name -> ReferenceStages.isPim(name) == pim)
        .toList();
  }

  private static String who(Stage stage, boolean pim) {
    List<String> subBatches =
        stage.tasks().stream()
            .map(Task::name)
            .filter(name -> ReferenceStages.isPim(name.substring(2)) == pim)
            .map(name -> name.substring(0, 1))
            .distinct()
            .toList();
    return String.join("+", subBatches);
  }
}
