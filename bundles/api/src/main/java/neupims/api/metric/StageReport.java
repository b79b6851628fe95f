// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

import java.util.Optional;
import neupims.api.program.Stage;

/**
 * A simulated stage.
 *
 * @param name such as {@code C}
 * @param repeat how often it runs in a step
 * @param inBlock whether it counts towards the block
 * @param cycles from the barrier before it to the barrier after it, in memory cycles
 * @param communicationCycles by which the exchange of partial sums between tensor-parallel devices
 *     makes the stage longer, in memory cycles; what is hidden behind other work is not in it
 * @param energy of one run of it on this one device; empty when the hardware does not say what it
 *     draws
 * @param partOf the earlier stage that begins with the same work, at whose begin all of this was
 *     measured; empty when the stage was simulated itself
 * @param simulatedCycles its last cycles, which the memory has seen at its place; all of them when
 *     the stage was simulated itself
 */
public record StageReport(
    String name,
    Stage.Repeat repeat,
    boolean inBlock,
    long cycles,
    long communicationCycles,
    Optional<Energy> energy,
    Optional<String> partOf,
    long simulatedCycles) {

  /** A stage as one device alone runs it. */
  public StageReport(
      String name, Stage.Repeat repeat, boolean inBlock, long cycles, Optional<Energy> energy) {
    this(name, repeat, inBlock, cycles, 0, energy, Optional.empty(), cycles);
  }

  /** The same with so much communication. */
  public StageReport withCommunication(long communicationCycles) {
    return new StageReport(
        name, repeat, inBlock, cycles, communicationCycles, energy, partOf, simulatedCycles);
  }

  /** The same, measured as the first part of the named stage but for so many cycles. */
  public StageReport asPartOf(String stage, long simulated) {
    return new StageReport(
        name, repeat, inBlock, cycles, communicationCycles, energy, Optional.of(stage), simulated);
  }
}
