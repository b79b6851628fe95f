// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;
import neupims.api.unit.NeupimsName;
import neupims.dram.DramMemory;
import neupims.dram.TileLowering;
import neupims.dram.TiledKvLayout;
import org.osgi.service.component.annotations.Component;

/**
 * A PIM on the platform's channel engine: which commands a GEMV becomes is {@link TileLowering},
 * when they may be issued is the rule table of the memory's data file. Another PIM is first of all
 * another table; one whose commands differ has a {@code GemvLowering} and a {@link KvLayout} of its
 * own here, and one that is no DRAM at all a {@link MemorySession} of its own.
 */
@Component(property = "service.description=a PIM with the rules of its data file")
@NeupimsName("plugin-name")
public final class ClassName implements MemoryModel {
  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    boolean gemv = spec.pim().isPresent();
    return new MemoryCapabilities(gemv, gemv && !spec.pim().map(PimSpec::blocked).orElseThrow());
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return spec.pim().map(pim -> new TiledKvLayout(spec.organization()));
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return spec.pim().isPresent()
        ? DramMemory.open(spec, sink, new TileLowering())
        : DramMemory.open(spec, sink);
  }
}
