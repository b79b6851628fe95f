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
 * @param energy of one run of it on this one device; empty when the hardware does not say what it
 *     draws
 */
public record StageReport(
    String name, Stage.Repeat repeat, boolean inBlock, long cycles, Optional<Energy> energy) {}
