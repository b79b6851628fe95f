// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A chain of 100 that loads from 0 to 40 and from 50 to 80. */
final class TimelineTest {
  private static final double[][] LOADS = {{0, 40}, {50, 80}};
  private static final Overlap HALF = new Overlap(0.5, 0.25, 1, new double[3]);

  @Test
  void loadsAreSlowedWhileThePimWorksAndItsStoresWaitForAPause() {
    // Logit works to 30: 20 of the load are done. The other 20 take until 50, where scores are
    // stored.
    // Attend works to 70: the chain has 10 of pause to 60, and then 8 of its load in 10.
    // The other 22 of the load take until 92, where the output is stored; the last 20 end at 112.
    Timeline both = new Timeline(LOADS, 100, 30, 20, HALF);
    assertEquals(50, both.logitEnd(), 1e-9);
    assertEquals(92, both.attendEnd(), 1e-9);
    assertEquals(112, both.end(), 1e-9);
    assertEquals(30, both.chainAt(20), 1e-9);
    assertEquals(60, both.chainAt(50), 1e-9);
  }

  @Test
  void whatEndsInAPauseWaitsForNothing() {
    // The first load ends at 60, logit at 65 and attend at 69, before the next load.
    Timeline both = new Timeline(LOADS, 100, 65, 4, HALF);
    assertEquals(65, both.logitEnd(), 1e-9);
    assertEquals(69, both.attendEnd(), 1e-9);
    assertEquals(120, both.end(), 1e-9);
  }

  @Test
  void alonePartsTakeTheirOwnTime() {
    assertEquals(100, new Timeline(LOADS, 100, 0, 0, HALF).end(), 1e-9);
    Timeline pim = new Timeline(new double[0][], 0, 30, 20, HALF);
    assertEquals(30, pim.logitEnd(), 1e-9);
    assertEquals(50, pim.end(), 1e-9);
  }

  @Test
  void attentionThatOutlastsTheChainIsNotSlowed() {
    // 40 + 30 of loads at half as much again: the chain ends at 135, and nothing waits after it.
    Timeline both = new Timeline(LOADS, 100, 1000, 500, HALF);
    assertEquals(135, both.chainAt(100), 1e-9);
    assertEquals(1500, both.end(), 1e-9);
  }
}
