// SPDX-License-Identifier: Apache-2.0
package ramp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.DrawnLengthsContract;
import org.junit.jupiter.api.Test;

final class RampSourceTest extends DrawnLengthsContract {
  @Override
  protected RequestSource source() {
    return new RampSource();
  }

  @Override
  protected Parameters parameters() {
    return new Parameters(Map.of("rate", 2.0, "growth", 4.0));
  }

  /** 2 t + 2 t^2 = n: 4 requests in the first second, 12 in the first two. */
  @Test
  void arrivalsFollowTheIntegralOfTheRate() {
    List<Request> requests = read(spec(20, 1));
    assertEquals(1_000_000_000, requests.get(4).arrivalNanos());
    assertEquals(2_000_000_000, requests.get(12).arrivalNanos());
  }
}
