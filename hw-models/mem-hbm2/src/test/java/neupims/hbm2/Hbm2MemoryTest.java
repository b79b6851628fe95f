// SPDX-License-Identifier: Apache-2.0
package neupims.hbm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemorySpec;
import neupims.conformance.hw.SampleMemories;
import org.junit.jupiter.api.Test;

/** What the model says of a memory whose file has no PIM table. */
class Hbm2MemoryTest {
  private static final MemorySpec WITHOUT_PIM = SampleMemories.plain();

  private final Hbm2Memory model = new Hbm2Memory();

  @Test
  void itRunsNoGemvs() {
    assertEquals(new MemoryCapabilities(false, false), model.capabilities(WITHOUT_PIM));
    assertEquals(Optional.empty(), model.kvLayout(WITHOUT_PIM));
  }

  @Test
  void itOpensAtCycleZeroWithNothingToDo() {
    assertEquals(0, model.open(WITHOUT_PIM, CommandSink.NONE).now());
    assertEquals(Long.MAX_VALUE, model.open(WITHOUT_PIM, CommandSink.NONE).horizon());
  }
}
