// SPDX-License-Identifier: Apache-2.0
package neupims.pim.newton;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.unit.NeupimsName;
import neupims.dram.DramMemory;
import neupims.dram.TileLowering;
import neupims.dram.TiledKvLayout;
import org.osgi.service.component.annotations.Component;

/** Newton's PIM, [P] sec. 2: one row buffer a bank, separate compute and result commands. */
@Component(
    property =
        "service.description=PIM with the bank's only row buffer: blocks the memory while it"
            + " computes")
@NeupimsName("pim-newton")
public final class NewtonPim implements MemoryModel {
  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    return new MemoryCapabilities(true, spec.pim().map(pim -> !pim.blocked()).orElse(false));
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return Optional.of(new TiledKvLayout(spec.organization()));
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return DramMemory.open(spec, sink, new TileLowering());
  }
}
