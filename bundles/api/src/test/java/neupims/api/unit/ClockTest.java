// SPDX-License-Identifier: Apache-2.0
package neupims.api.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void conversionIsExactAndRoundsUpToTheNextWholeCycle() {
    Clock gigahertz = new Clock(1_000_000_000);
    Clock odd = new Clock(1_600_000_000);
    assertEquals(16, gigahertz.toCeil(odd, 10));
    assertEquals(2, gigahertz.toCeil(odd, 1)); // 1.6 cycles
    assertEquals(10, odd.toCeil(gigahertz, 16));
    // Far from zero too, where a product of 64 bits would overflow.
    assertEquals(16_000_000_000_000_000L, gigahertz.toCeil(odd, 10_000_000_000_000_000L));
  }

  @Test
  void aCycleOfAGigahertzIsANanosecond() {
    assertEquals(1e-9, new Clock(1_000_000_000).seconds(1));
  }

  @Test
  void aClockThatStandsStillIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Clock(0));
  }
}
