// SPDX-License-Identifier: Apache-2.0
package neupims.pim.neupims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemorySpec;
import neupims.conformance.hw.SampleMemories;
import org.junit.jupiter.api.Test;

/** What the model says of a memory whose file has no PIM table. */
class NeupimsPimTest {
  private static final MemorySpec WITHOUT_PIM = SampleMemories.plain();

  private final NeupimsPim model = new NeupimsPim();

  @Test
  void aMemoryWithoutAPimTableIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> model.open(WITHOUT_PIM, CommandSink.NONE));
    assertEquals(
        "memory plain sample: no PIM table; its model sample needs one", refusal.getMessage());
  }

  @Test
  void gemvsAreWhatItIsFor() {
    assertEquals(new MemoryCapabilities(true, false), model.capabilities(WITHOUT_PIM));
  }

  @Test
  void aTileOfTheKvCacheIsOneRowOfEveryBank() {
    assertEquals(32 * 1024, model.kvLayout(WITHOUT_PIM).orElseThrow().tileBytes());
  }
}
