// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.unit.NeupimsName;
import neupims.lowering.AttentionUnit;
import neupims.lowering.SerialSchedule;
import org.osgi.service.component.annotations.Component;

/**
 * Attention where it pays: in the PIM when requests are long on average, on the NPU when they are
 * short, where the fixed costs of a GEMV weigh more than its bytes.
 *
 * <p>{@link SerialSchedule} lays a block's kernels out one after the other; a compiler with an
 * order of its own builds stages itself, as the source of that class does.
 */
@Component(property = "service.description=attention in the PIM for long requests, else on the NPU")
@NeupimsName("plugin-name")
public final class ClassName implements ProgramCompiler {
  /** Mean tokens of a request from which on its attention goes to the PIM. ASSUMED. */
  private static final double LONG_TOKENS = 64;

  @Override
  public List<String> missing(DeviceCapabilities device) {
    return device.npu() ? List.of() : List.of("an NPU");
  }

  @Override
  public Program compile(CompileInput input) {
    double meanTokens =
        input.subBatches().stream()
            .flatMap(List::stream)
            .mapToInt(Resident::sequenceTokens)
            .average()
            .orElse(0);
    boolean inPim = input.device().memory().gemv() && meanTokens >= LONG_TOKENS;
    return new SerialSchedule(inPim ? AttentionUnit.PIM : AttentionUnit.NPU).lower(input);
  }
}
