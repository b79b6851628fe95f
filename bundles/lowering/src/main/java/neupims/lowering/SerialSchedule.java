// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;

/**
 * A decoder block in three stages that follow each other: A normalisation and QKV generation, B
 * attention, E projection and feed-forward network; every layer the same [R].
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
    program.stage("A", Stage.Repeat.EVERY_LAYER, true).qkv(whole);
    program.stage("B", Stage.Repeat.EVERY_LAYER, true).attention(whole, attention);
    program.stage("E", Stage.Repeat.EVERY_LAYER, true).projectionAndFeedForward(whole);
    return program.build();
  }
}
