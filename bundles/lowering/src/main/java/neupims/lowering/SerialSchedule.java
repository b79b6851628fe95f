// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;

/**
 * A decoder block in three stages that follow each other: A normalisation and QKV generation, B
 * attention, E projection and feed-forward network; every layer the same [R]. Of a model whose
 * first layers are dense and the others have experts, one of those comes first as A0, B0, E0.
 *
 * @param attention where stage B runs
 */
public record SerialSchedule(AttentionUnit attention) {

  /**
   * The program of the whole batch as one: sub-batches are joined, the first before the second,
   * there being nothing to overlap.
   */
  public Program lower(CompileInput input) {
    var program = new ProgramBuilder(input);
    List<Resident> batch = input.subBatches().stream().flatMap(List::stream).toList();
    SubBatch whole = program.subBatch(batch, input.chunks());
    if (program.denseLayers()) {
      block(program, whole, "0", Stage.Repeat.DENSE_LAYERS, false);
      block(program, whole, "", Stage.Repeat.EXPERT_LAYERS, true);
    } else {
      block(program, whole, "", Stage.Repeat.EVERY_LAYER, true);
    }
    return program.build();
  }

  private void block(
      ProgramBuilder program, SubBatch batch, String suffix, Stage.Repeat repeat, boolean inBlock) {
    program.stage("A" + suffix, repeat, inBlock).qkv(batch);
    program.stage("B" + suffix, repeat, inBlock).attention(batch, attention);
    program.stage("E" + suffix, repeat, inBlock).projectionAndFeedForward(batch);
  }
}
