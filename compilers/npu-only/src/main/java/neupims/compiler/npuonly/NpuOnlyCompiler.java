// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.npuonly;

import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.unit.NeupimsName;
import neupims.lowering.AttentionUnit;
import neupims.lowering.SerialSchedule;
import org.osgi.service.component.annotations.Component;

/**
 * Everything on the NPU, attention included: stages A, B, E for the whole batch ([P] sec. 7, the
 * NPU-only baseline). There is nothing to overlap, so two sub-batches are joined, the first before
 * the second: weights are read once per layer whatever the sub-batch policy did.
 */
@Component(
    property =
        "service.description=all of a block on the NPU, attention reads the KV cache; stages A, B,"
            + " E")
@NeupimsName("npu-only")
public final class NpuOnlyCompiler implements ProgramCompiler {
  @Override
  public List<String> missing(DeviceCapabilities device) {
    return device.npu() ? List.of() : List.of("an NPU");
  }

  @Override
  public Program compile(CompileInput input) {
    return new SerialSchedule(AttentionUnit.NPU).lower(input);
  }
}
