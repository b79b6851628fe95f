// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.CommandSink;
import neupims.api.program.Program;
import org.junit.jupiter.api.Test;

class FastDeviceTest {
  /** The fit looks at the device that waits for it, as others do from their threads. */
  @Test
  void howFarTheFitIsIsKnownWhileItIsUnderWayAlone() {
    List<String> said = new ArrayList<>();
    FastDevice[] device = new FastDevice[1];
    FastDevice.Fit fit =
        () -> {
          said.add(device[0].busyWith());
          throw new IllegalStateException("no disk");
        };
    device[0] = new FastDevice(fit, () -> "fitting 34 of 63", null, null);
    said.add(device[0].busyWith());
    Program none = new Program(List.of(), List.of());
    assertThrows(
        IllegalStateException.class, () -> device[0].simulate(null, none, CommandSink.NONE));
    said.add(device[0].busyWith());
    assertEquals(List.of("", "fitting 34 of 63", ""), said);
  }
}
