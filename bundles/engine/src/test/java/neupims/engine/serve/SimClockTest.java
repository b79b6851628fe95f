// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.unit.Clock;
import org.junit.jupiter.api.Test;

class SimClockTest {
  @Test
  void whatDoesNotDivideIsKeptAndNotRoundedAway() {
    // 1.6 GHz: 0.625 ns a cycle.
    SimClock clock = new SimClock(new Clock(1_600_000_000));
    for (int i = 0; i < 800; i++) {
      clock.cycles(1);
    }
    assertEquals(500, clock.nowNanos());
    clock.cycles(1_600_000_000_000L);
    assertEquals(1_000_000_000_500L, clock.nowNanos());
  }

  @Test
  void fastClocksAreExactToo() {
    SimClock clock = new SimClock(new Clock(1_000_000_000_000L));
    clock.cycles(999_999_999_999L);
    assertEquals(999_999_999, clock.nowNanos());
    clock.cycles(1);
    assertEquals(1_000_000_000, clock.nowNanos());
  }

  @Test
  void aJumpGoesForwardOnly() {
    SimClock clock = new SimClock(new Clock(1_000_000_000));
    clock.until(70);
    clock.until(40);
    assertEquals(70, clock.nowNanos());
  }
}
