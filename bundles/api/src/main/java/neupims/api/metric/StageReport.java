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
 */
public record StageReport(
    String name,
    Stage.Repeat repeat,
    boolean inBlock,
    long cycles,
    long communicationCycles,
    Optional<Energy> energy) {

  /** A stage as one device alone runs it. */
  public StageReport(
      String name, Stage.Repeat repeat, boolean inBlock, long cycles, Optional<Energy> energy) {
    this(name, repeat, inBlock, cycles, 0, energy);
  }

  /** The same with so much communication. */
  public StageReport withCommunication(long communicationCycles) {
    return new StageReport(name, repeat, inBlock, cycles, communicationCycles, energy);
  }
}
