// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Optional;
import neupims.api.unit.Clock;

/**
 * A memory as data.
 *
 * @param name name in the catalog
 * @param model name of the {@link MemoryModel} that simulates it
 * @param clock command clock, the domain of all cycles below
 * @param organization how it is built
 * @param timing its timing
 * @param controller its controllers
 * @param currents its supply currents, empty when nobody says what it draws: then no energy is
 *     reported
 * @param pim its PIM, empty for plain memory
 */
public record MemorySpec(
    String name,
    String model,
    Clock clock,
    Organization organization,
    DramTiming timing,
    ControllerSpec controller,
    Optional<DramCurrents> currents,
    Optional<PimSpec> pim) {

  /** Peak bandwidth of the device's data buses in bytes per memory cycle. */
  public double peakBytesPerCycle() {
    return (double) organization.channels() * organization.accessBytes() / timing.burst();
  }
}
