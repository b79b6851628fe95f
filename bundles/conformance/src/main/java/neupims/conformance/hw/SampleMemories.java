// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;

/**
 * Memories to try a model on: the catalog's {@code hbm2}, {@code pim-newton} and {@code
 * pim-neupims}, where the sources of the figures are, with two channels.
 */
public final class SampleMemories {
  private static final Organization ORGANIZATION = new Organization(2, 2, 4, 4, 32768, 1024, 64);
  private static final DramTiming TIMING =
      new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2);
  private static final ControllerSpec CONTROLLER =
      new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0, ControllerSpec.Arbitration.OLDEST_FIRST);

  private SampleMemories() {}

  /** A plain memory, a PIM that blocks it, and one with row buffers of its own. */
  public static List<MemorySpec> all() {
    return List.of(
        plain(),
        memory("blocked PIM sample", Optional.of(pim(false, 3))),
        memory("dual PIM sample", Optional.of(pim(true, 6))));
  }

  /** A memory whose file has no PIM table. */
  public static MemorySpec plain() {
    return memory("plain sample", Optional.empty());
  }

  private static MemorySpec memory(String name, Optional<PimSpec> pim) {
    return new MemorySpec(
        name,
        "sample",
        new Clock(1_000_000_000),
        ORGANIZATION,
        TIMING,
        CONTROLLER,
        Optional.empty(),
        pim);
  }

  private static PimSpec pim(boolean dual, int minComputeSteps) {
    return new PimSpec(
        dual,
        dual,
        !dual,
        4,
        16,
        2,
        minComputeSteps,
        16,
        96,
        2,
        4,
        6,
        6,
        true,
        2,
        9,
        1,
        1,
        Optional.empty());
  }
}
