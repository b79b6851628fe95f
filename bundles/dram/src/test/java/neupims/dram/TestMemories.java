// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;

/** The memories of facts sec. 2 and 3 with the reference's semantics. */
final class TestMemories {
  static final Organization HBM2 = new Organization(1, 2, 4, 4, 32_768, 1024, 64);
  static final DramTiming TIMING =
      new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 5, 5, 16, 30, 260, 3900, 2);
  static final PimSpec NEWTON =
      new PimSpec(
          false,
          false,
          true,
          4,
          16,
          2,
          3,
          16,
          96,
          2,
          4,
          5,
          6,
          false,
          16,
          9,
          1,
          3,
          Optional.empty());
  static final PimSpec NEUPIMS =
      new PimSpec(
          true, true, false, 4, 16, 2, 6, 16, 96, 2, 4, 5, 6, false, 16, 9, 1, 1, Optional.empty());

  private TestMemories() {}

  /** A memory by the name that the reference figures use; one channel. */
  static MemorySpec named(String name) {
    return switch (name) {
      case "hbm2" -> memory(name, TIMING, 96, null); // [R] 96 in flight in the NPU-only branch
      case "pim-newton" -> memory(name, TIMING, 0, NEWTON);
      case "pim-neupims" -> memory(name, TIMING, 0, NEUPIMS);
      default -> throw new IllegalArgumentException(name);
    };
  }

  static MemorySpec memory(String name, DramTiming timing, int maxInFlight, PimSpec pim) {
    ControllerSpec controller = new ControllerSpec(32, 32, 0, 128, 4, 8, maxInFlight, 2, 0);
    return new MemorySpec(
        name,
        name,
        new Clock(1_000_000_000L),
        HBM2,
        timing,
        controller,
        Optional.empty(),
        Optional.ofNullable(pim));
  }

  static MemorySpec withTiming(MemorySpec spec, DramTiming timing) {
    return new MemorySpec(
        spec.name(),
        spec.model(),
        spec.clock(),
        spec.organization(),
        timing,
        spec.controller(),
        spec.currents(),
        spec.pim());
  }

  static MemorySession open(MemorySpec spec, CommandSink sink) {
    return spec.pim().isPresent()
        ? DramMemory.open(spec, sink, new TileLowering())
        : DramMemory.open(spec, sink);
  }
}
