// SPDX-License-Identifier: Apache-2.0
package neupims.link.none;

import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.hw.Interconnect;
import neupims.testkit.InterconnectContract;
import org.junit.jupiter.api.Test;

final class NoInterconnectTest extends InterconnectContract {
  @Override
  protected Interconnect interconnect() {
    return new NoInterconnect();
  }

  @Test
  void nothingTakesTime() {
    assertEquals(0, interconnect().allReduceSeconds(LINKS, 8, 1 << 30));
    assertEquals(0, interconnect().sendSeconds(LINKS, 1 << 30));
  }
}
