// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.offload;

import java.util.ArrayList;
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
 * Attention in the PIM, the rest on the NPU, one after the other: stages A, B, E for the whole
 * batch ([P] sec. 7, the NPU+PIM baseline; with dual row buffers NeuPIMs without interleaving). Two
 * sub-batches are joined, the first before the second: weights are read once per layer whatever the
 * sub-batch policy did.
 */
@Component(
    property =
        "service.description=attention GEMVs in the PIM, the rest on the NPU, serially; stages A,"
            + " B, E")
@NeupimsName("offload")
public final class OffloadCompiler implements ProgramCompiler {
  @Override
  public List<String> missing(DeviceCapabilities device) {
    List<String> missing = new ArrayList<>();
    if (!device.npu()) {
      missing.add("an NPU");
    }
    if (!device.memory().gemv()) {
      missing.add("a memory that runs GEMVs");
    }
    return missing;
  }

  @Override
  public Program compile(CompileInput input) {
    return new SerialSchedule(AttentionUnit.PIM).lower(input);
  }
}
