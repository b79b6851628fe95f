// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static neupims.api.hw.ControllerSpec.Arbitration.OLDEST_FIRST;
import static neupims.api.hw.ControllerSpec.Arbitration.ROUND_ROBIN;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;

/**
 * The memories of the tests: the values of the catalog's files {@code memories/hbm2.json}, {@code
 * pim-newton.json} and {@code pim-neupims.json}, whose sources are facts/neupims.md sec. 2 and 3.
 * {@code reference...} applies their {@code reference} options as {@code reference=true} does.
 */
final class Memories {
  /** Two ranks of 4 x 4 banks, rows of 16 accesses; one channel, for the tests look at one. */
  static final Organization ORGANIZATION = new Organization(1, 2, 4, 4, 32768, 1024, 64);

  /** [P] [R] facts sec. 2. */
  static final DramTiming TIMING =
      new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2);

  private static final DramTiming REFERENCE_TIMING =
      new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 5, 5, 16, 30, 260, 3900, 2);

  private static final ControllerSpec CONTROLLER = controller(32, 0, 0, OLDEST_FIRST);

  private static ControllerSpec controller(
      int pimQueue, int maxInFlight, int frontEnd, ControllerSpec.Arbitration arbitration) {
    return new ControllerSpec(32, 32, pimQueue, 128, 4, 8, maxInFlight, 2, frontEnd, arbitration);
  }

  private Memories() {}

  static MemorySpec hbm2() {
    return memory("hbm2", TIMING, Optional.empty());
  }

  static MemorySpec referenceHbm2() {
    return asReference(memory("hbm2", REFERENCE_TIMING, Optional.empty()));
  }

  /** With the limit of accesses under way that the reference's NPU-only branch has [R]. */
  static MemorySpec npuOnlyHbm2() {
    return with(referenceHbm2(), controller(32, 96, 0, ROUND_ROBIN));
  }

  static MemorySpec newton() {
    return memory("pim-newton", TIMING, Optional.of(newtonPim(6, true, 1)));
  }

  static MemorySpec referenceNewton() {
    return asReference(memory("pim-newton", REFERENCE_TIMING, Optional.of(newtonPim(5, false, 3))));
  }

  static MemorySpec neupims() {
    return memory("pim-neupims", TIMING, Optional.of(neupimsPim(6, true)));
  }

  static MemorySpec referenceNeupims() {
    return asReference(memory("pim-neupims", REFERENCE_TIMING, Optional.of(neupimsPim(5, false))));
  }

  private static MemorySpec asReference(MemorySpec spec) {
    return with(spec, controller(32, 0, 0, ROUND_ROBIN));
  }

  /** The memories with a PIM, as hardware and as the reference. */
  static List<MemorySpec> withPim() {
    return List.of(newton(), neupims(), referenceNewton(), referenceNeupims());
  }

  /** With longer queues of PIM instructions than the catalog's: more is under way at once. */
  static List<MemorySpec> longPimQueues() {
    return withPim().stream().map(spec -> Changed.plus(spec, "pim.pimQueue", 14)).toList();
  }

  /** With the limit of accesses under way, but otherwise as hardware. */
  private static MemorySpec limitedHbm2() {
    return with(hbm2(), controller(32, 96, 0, OLDEST_FIRST));
  }

  /** All memories of one channel and their own front end. */
  static List<MemorySpec> all() {
    return List.of(
        hbm2(),
        limitedHbm2(),
        newton(),
        neupims(),
        referenceHbm2(),
        npuOnlyHbm2(),
        referenceNewton(),
        referenceNeupims());
  }

  /** Two channels whose PIM instructions share a front end, one a cycle [R]. */
  static List<MemorySpec> sharedFrontEnd() {
    return List.of(
        sharedFrontEnd(newton(), 32),
        sharedFrontEnd(referenceNewton(), 32),
        sharedFrontEnd(referenceNewton(), 0));
  }

  private static MemorySpec sharedFrontEnd(MemorySpec spec, int pimQueue) {
    return new MemorySpec(
        spec.name() + "-shared",
        spec.model(),
        spec.clock(),
        new Organization(2, 2, 4, 4, 32768, 1024, 64),
        spec.timing(),
        controller(pimQueue, 0, 1, spec.controller().arbitration()),
        spec.currents(),
        spec.pim());
  }

  /** The memory as hardware, by the catalog's name. */
  static MemorySpec named(String name) {
    return switch (name) {
      case "hbm2" -> hbm2();
      case "pim-newton" -> newton();
      case "pim-neupims" -> neupims();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The memory of a row of reference figures; those of hbm2 are of the NPU-only branch. */
  static MemorySpec reference(String name) {
    return switch (name) {
      case "hbm2" -> npuOnlyHbm2();
      case "pim-newton" -> referenceNewton();
      case "pim-neupims" -> referenceNeupims();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The memory with another timing. */
  static MemorySpec with(MemorySpec spec, DramTiming timing) {
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

  /** The memory with another controller. */
  static MemorySpec with(MemorySpec spec, ControllerSpec controller) {
    return new MemorySpec(
        spec.name(),
        spec.model(),
        spec.clock(),
        spec.organization(),
        spec.timing(),
        controller,
        spec.currents(),
        spec.pim());
  }

  /** The memory with another PIM table. */
  static MemorySpec with(MemorySpec spec, PimSpec pim) {
    return with(memory(spec.name(), spec.timing(), Optional.of(pim)), spec.controller());
  }

  private static MemorySpec memory(String name, DramTiming timing, Optional<PimSpec> pim) {
    return new MemorySpec(
        name,
        name,
        new Clock(1_000_000_000L),
        ORGANIZATION,
        timing,
        CONTROLLER,
        Optional.empty(),
        pim);
  }

  private static PimSpec newtonPim(int computeToPrecharge, boolean holdsRows, int accessInterval) {
    return new PimSpec(
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
        computeToPrecharge,
        6,
        holdsRows,
        2,
        9,
        1,
        accessInterval,
        Optional.empty());
  }

  private static PimSpec neupimsPim(int computeToPrecharge, boolean holdsRows) {
    return new PimSpec(
        true,
        true,
        false,
        4,
        16,
        2,
        6,
        16,
        96,
        2,
        4,
        computeToPrecharge,
        6,
        holdsRows,
        2,
        9,
        1,
        1,
        Optional.empty());
  }
}
