// SPDX-License-Identifier: Apache-2.0
package neupims.link.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.hw.Interconnect;
import neupims.testkit.InterconnectContract;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RingInterconnectTest extends InterconnectContract {
  @Override
  protected Interconnect interconnect() {
    return new RingInterconnect();
  }

  /** 2 (p - 1) messages of bytes / p, each a microsecond and bytes / 100 GB/s. */
  @ParameterizedTest
  @CsvSource({"2, 1e6, 12e-6", "4, 1e6, 21e-6", "8, 2e6, 49e-6", "3, 3, 4.00004e-6"})
  void aSumTakesTwoTimesPMinusOneSteps(int devices, double bytes, double seconds) {
    assertEquals(seconds, interconnect().allReduceSeconds(LINKS, devices, (long) bytes), 1e-14);
  }

  @ParameterizedTest
  @CsvSource({"0, 1e-6", "100000, 2e-6", "1000000, 11e-6"})
  void aMessageTakesLatencyAndBytesOverBandwidth(long bytes, double seconds) {
    assertEquals(seconds, interconnect().sendSeconds(LINKS, bytes), 1e-15);
  }
}
