// SPDX-License-Identifier: Apache-2.0
package neupims.link.fullyconnected;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.Interconnect;
import neupims.testkit.InterconnectContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FullyConnectedInterconnectTest extends InterconnectContract {
  @Override
  protected Interconnect interconnect() {
    return new FullyConnectedInterconnect();
  }

  /** Two messages of bytes / p, each a microsecond and bytes / 100 GB/s. */
  @ParameterizedTest
  @CsvSource({"2, 1000000, 12e-6", "4, 1000000, 7e-6", "8, 2000000, 7e-6"})
  void aSumTakesTwoSteps(int devices, long bytes, double seconds) {
    assertEquals(seconds, interconnect().allReduceSeconds(LINKS, devices, bytes), 1e-14);
  }

  @Test
  void twoDevicesAreARingAndMoreAreFaster() {
    for (long bytes : new long[] {1, 1000, 1 << 30}) {
      assertEquals(ring(2, bytes), interconnect().allReduceSeconds(LINKS, 2, bytes));
      assertTrue(ring(3, bytes) > interconnect().allReduceSeconds(LINKS, 3, bytes));
      assertEquals(LINKS.messageSeconds(bytes), interconnect().sendSeconds(LINKS, bytes));
    }
  }

  /** All-reduce around a ring: 2 (p - 1) messages of bytes / p. */
  private static double ring(int devices, long bytes) {
    return 2 * (devices - 1) * LINKS.messageSeconds((double) bytes / devices);
  }
}
