// SPDX-License-Identifier: Apache-2.0
package neupims.hbm2;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.unit.NeupimsName;
import neupims.dram.DramMemory;
import org.osgi.service.component.annotations.Component;

/** Plain memory: any DRAM that its specification describes, without a PIM. */
@Component(property = "service.description=plain DRAM at command level: reads, writes, refresh")
@NeupimsName("hbm2")
public final class Hbm2Memory implements MemoryModel {
  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    return new MemoryCapabilities(false, false);
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return Optional.empty();
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return DramMemory.open(spec, sink);
  }
}
