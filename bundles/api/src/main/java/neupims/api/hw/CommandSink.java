// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears every command that a memory session issues, in order of time within a channel. Arguments
 * are primitive so that a sink costs nothing when it does nothing. Called from the simulation's
 * thread.
 */
@ConsumerType
public interface CommandSink {
  /** Hears nothing. */
  CommandSink NONE = (cycle, channel, command, rank, bankGroup, bank, row, argument) -> {};

  /**
   * A command left the controller.
   *
   * @param cycle memory clock cycle of issue
   * @param channel from 0
   * @param command what was issued
   * @param rank from 0, or -1 for the whole channel
   * @param bankGroup within the rank, or -1 for all
   * @param bank within the bank group, or -1 for all
   * @param row row address, or -1 where the command has none
   * @param argument column of RD and WR; compute steps of PIM_COMP; else 0
   */
  void command(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument);
}
