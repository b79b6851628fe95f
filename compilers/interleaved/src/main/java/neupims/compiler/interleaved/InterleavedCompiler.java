// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.interleaved;

import java.util.ArrayList;
import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage.Repeat;
import neupims.api.unit.NeupimsName;
import neupims.lowering.AttentionUnit;
import neupims.lowering.ProgramBuilder;
import neupims.lowering.SerialSchedule;
import neupims.lowering.SubBatch;
import org.osgi.service.component.annotations.Component;

/**
 * Two sub-batches in flight, one on the NPU while the other is on the PIM ([P] sec. 5, sub-batch
 * interleaving), in six stages with a barrier after each [R]:
 *
 * <pre>
 *        A      B      C                  D                  E            F
 * NPU  QKV 1  QKV 2  proj+FFN 1, QKV 1' proj+FFN 2, QKV 2' proj+FFN 1'  proj+FFN 2'
 * PIM    -    MHA 1  MHA 2              MHA 1'             MHA 2'         -
 * </pre>
 *
 * A prime marks the next layer: the program walks through two, and C and D are the steady state,
 * run for every layer but one. T = A + B + (N-1)(C + D) + E + F. A single sub-batch has nothing to
 * be interleaved with and runs serially: A, B, E. Where a model's first layers are dense and the
 * others have experts, C0 and D0 come before C and D and run for the dense ones. Parts of prompts
 * go with the first sub-batch, their attention is on the NPU beside the other's products.
 */
@Component(
    property =
        "service.description=two sub-batches, one on the NPU while the other is on the PIM; stages"
            + " A..F")
@NeupimsName("interleaved")
public final class InterleavedCompiler implements ProgramCompiler {
  @Override
  public List<String> missing(DeviceCapabilities device) {
    List<String> missing = new ArrayList<>();
    if (!device.npu()) {
      missing.add("an NPU");
    }
    if (!device.memory().gemv()) {
      missing.add("a memory that runs GEMVs");
    }
    if (!device.memory().gemvWhileRead()) {
      missing.add("a memory that can be read while a GEMV runs");
    }
    return missing;
  }

  @Override
  public Program compile(CompileInput input) {
    List<List<Resident>> batches = input.subBatches();
    return switch (batches.size()) {
      case 0, 1 -> new SerialSchedule(AttentionUnit.PIM).lower(input);
      case 2 -> interleave(input, batches.get(0), batches.get(1));
      default ->
          throw new IllegalArgumentException(
              "interleaved takes one or two sub-batches, not " + batches.size());
    };
  }

  private static Program interleave(
      CompileInput input, List<Resident> first, List<Resident> second) {
    var program = new ProgramBuilder(input);
    SubBatch one = program.subBatch(first, input.chunks());
    SubBatch two = program.subBatch(second);
    program.stage("A", Repeat.ONCE, false).qkv(one);
    program.stage("B", Repeat.ONCE, false).qkv(two).attention(one, AttentionUnit.PIM);
    if (program.denseLayers()) {
      steady(program, "0", Repeat.DENSE_LAYERS, false, one, two);
      steady(program, "", Repeat.EXPERT_LAYERS_BUT_ONE, true, one, two);
    } else {
      steady(program, "", Repeat.EVERY_LAYER_BUT_ONE, true, one, two);
    }
    program
        .stage("E", Repeat.ONCE, false)
        .projectionAndFeedForward(one)
        .attention(two, AttentionUnit.PIM);
    program.stage("F", Repeat.ONCE, false).projectionAndFeedForward(two);
    return program.build();
  }

  private static void steady(
      ProgramBuilder program,
      String suffix,
      Repeat repeat,
      boolean inBlock,
      SubBatch one,
      SubBatch two) {
    program
        .stage("C" + suffix, repeat, inBlock)
        .projectionAndFeedForward(one)
        .qkv(one)
        .attention(two, AttentionUnit.PIM);
    program
        .stage("D" + suffix, repeat, inBlock)
        .projectionAndFeedForward(two)
        .qkv(two)
        .attention(one, AttentionUnit.PIM);
  }
}
