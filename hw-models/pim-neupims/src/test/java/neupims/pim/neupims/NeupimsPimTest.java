// SPDX-License-Identifier: Apache-2.0
package neupims.pim.neupims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.unit.Clock;
import org.junit.jupiter.api.Test;

/** What the model says of a memory whose file has no PIM table; figures of hbm2, facts sec. 2. */
class NeupimsPimTest {
  private static final MemorySpec WITHOUT_PIM =
      new MemorySpec(
          "plain",
          "pim-neupims",
          new Clock(1_000_000_000L),
          new Organization(1, 2, 4, 4, 32768, 1024, 64),
          new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2),
          new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0),
          Optional.empty(),
          Optional.empty());

  private final NeupimsPim model = new NeupimsPim();

  @Test
  void aMemoryWithoutAPimTableIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> model.open(WITHOUT_PIM, CommandSink.NONE));
    assertEquals(
        "memory plain: no PIM table; its model pim-neupims needs one", refusal.getMessage());
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
