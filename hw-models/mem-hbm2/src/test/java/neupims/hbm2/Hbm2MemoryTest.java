// SPDX-License-Identifier: Apache-2.0
package neupims.hbm2;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
class Hbm2MemoryTest {
  private static final MemorySpec WITHOUT_PIM =
      new MemorySpec(
          "plain",
          "hbm2",
          new Clock(1_000_000_000L),
          new Organization(1, 2, 4, 4, 32768, 1024, 64),
          new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2),
          new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0),
          Optional.empty(),
          Optional.empty());

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
