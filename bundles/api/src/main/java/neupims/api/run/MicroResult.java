// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Map;
import neupims.api.hw.Command;

/**
 * What one component did on its own, in memory cycles.
 *
 * @param cycles until the last response
 * @param pimCycles until the last PIM result, 0 without PIM work
 * @param readCycles until the last read or write response, 0 without any
 * @param commands issued, every command present
 */
public record MicroResult(
    long cycles, long pimCycles, long readCycles, Map<Command, Long> commands) {
  public MicroResult {
    commands = Map.copyOf(commands);
  }
}
