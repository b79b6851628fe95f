// SPDX-License-Identifier: Apache-2.0
package neupims.pim.neupims;

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

/** NeuPIMs' PIM, [P] sec. 4: a row buffer of its own in every bank, composite commands. */
@Component(
    property = "service.description=PIM with a second row buffer: works beside reads and writes")
@NeupimsName("pim-neupims")
public final class NeupimsPim implements MemoryModel {
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
