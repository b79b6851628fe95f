// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import org.junit.jupiter.api.Test;

/** What every {@link Interconnect} must do. */
public abstract class InterconnectContract {
  /** 100 GB/s and a microsecond. */
  protected static final InterconnectSpec LINKS =
      new InterconnectSpec("links", 100_000_000_000L, 1000);

  private static final int MOST_DEVICES = 16;

  /** The interconnect under test. */
  protected abstract Interconnect interconnect();

  /** A device alone has the sum already. */
  @Test
  public void oneDeviceAloneTakesNoTime() {
    assertEquals(0, interconnect().allReduceSeconds(LINKS, 1, 1 << 20));
  }

  /** Times are finite, not negative, and the same when asked again. */
  @Test
  public void timesAreFiniteAndRepeatable() {
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      for (long bytes : new long[] {1, 4096, 1L << 40}) {
        double seconds = interconnect().allReduceSeconds(LINKS, devices, bytes);
        assertTrue(seconds >= 0 && Double.isFinite(seconds), seconds + " s");
        assertEquals(seconds, interconnect().allReduceSeconds(LINKS, devices, bytes));
      }
    }
    double send = interconnect().sendSeconds(LINKS, 1);
    assertTrue(send >= 0 && Double.isFinite(send), send + " s");
  }

  /** More bytes never arrive sooner. */
  @Test
  public void moreBytesTakeNoLessTime() {
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      double last = 0;
      for (long bytes = 1; bytes < 1L << 34; bytes *= 2) {
        double seconds = interconnect().allReduceSeconds(LINKS, devices, bytes);
        assertTrue(seconds >= last, devices + " devices, " + bytes + " bytes");
        last = seconds;
      }
    }
    assertTrue(interconnect().sendSeconds(LINKS, 1 << 20) >= interconnect().sendSeconds(LINKS, 1));
  }
}
