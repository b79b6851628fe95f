// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import neupims.testkit.DrawnLengthsContract;
import org.junit.jupiter.api.Test;

final class ConstantRateSourceTest extends DrawnLengthsContract {
  @Override
  protected RequestSource source() {
    return new ConstantRateSource();
  }

  @Override
  protected Parameters parameters() {
    return new Parameters(Map.of("rate", 3.0));
  }

  /** No rounding adds up: at 3 requests a second, request 3 n arrives after n seconds exactly. */
  @Test
  void requestNArrivesAfterNOverRateSeconds() {
    for (Request request : read(spec(REQUESTS, 1))) {
      assertEquals(Math.round(request.id() * 1e9 / 3), request.arrivalNanos());
    }
    assertEquals(100_000_000_000L, read(spec(REQUESTS, 1)).get(300).arrivalNanos());
  }

  @Test
  void arrivalsThatTheClockCannotCountAreRefused() {
    LengthDistribution one =
        new LengthDistribution(
            "one", new double[] {0, 1}, new double[] {1, 1}, new double[] {1, 1});
    WorkloadSpec spec =
        new WorkloadSpec(Optional.of(one), 0, 10, 1, new Parameters(Map.of("rate", 1e-6)));
    InputException late =
        assertThrows(
            InputException.class,
            () -> {
              RequestStream stream = source().open(spec);
              while (stream.hasNext()) {
                stream.next();
              }
            });
    // 2^63 ns over 10^15 ns.
    assertTrue(late.getMessage().contains("request 9224 arrives"), late.getMessage());
  }
}
