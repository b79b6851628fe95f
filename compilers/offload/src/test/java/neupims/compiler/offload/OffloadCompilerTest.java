// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import neupims.api.program.Task;
import neupims.testkit.ProgramCompilerContract;
import org.junit.jupiter.api.Test;

final class OffloadCompilerTest extends ProgramCompilerContract {
  private static final DeviceCapabilities BLOCKED_PIM =
      new DeviceCapabilities(true, new MemoryCapabilities(true, false), 32);
  private static final Resident ONE = new Resident(1, 0, 300);
  private static final Resident TWO = new Resident(2, 5, 20);

  @Override
  protected ProgramCompiler compiler() {
    return new OffloadCompiler();
  }

  /** Order and names of the operations are those of reference/ops/neupims-serial.*.csv [R]. */
  @Test
  void stagesAreQkvThenAttentionInThePimThenTheRest() {
    Program program = compiler().compile(input(List.of(List.of(ONE, TWO))));
    assertEquals(
        List.of(
            "A: 1.attn.ln 1.attn.qkv",
            "B: 1.attn.logit 1.attn.attend",
            "E: 1.attn.proj 1.attn.residual 1.ffn.ln 1.ffn.fc1 1.ffn.gelu 1.ffn.fc2"
                + " 1.ffn.residual"),
        program.stages().stream()
            .map(
                s ->
                    s.name() + ": " + String.join(" ", s.tasks().stream().map(Task::name).toList()))
            .toList());
  }

  @Test
  void twoSubBatchesAreRunAsOne() {
    assertEquals(
        compiler().compile(input(List.of(List.of(ONE, TWO)))),
        compiler().compile(input(List.of(List.of(ONE), List.of(TWO)))));
  }

  @Test
  void aBlockedPimWillDoButNotPlainMemory() {
    assertEquals(List.of(), compiler().missing(BLOCKED_PIM));
    DeviceCapabilities plain =
        new DeviceCapabilities(true, new MemoryCapabilities(false, false), 32);
    assertEquals(List.of("a memory that runs GEMVs"), compiler().missing(plain));
  }

  private static CompileInput input(List<List<Resident>> subBatches) {
    DecoderModel model = DecoderModel.gpt("gpt3-7b", 32, 32, 4096, 16384, 50304, 2048);
    return new CompileInput(new ModelShard(model, new Parallelism(4, 1)), subBatches, BLOCKED_PIM);
  }
}
