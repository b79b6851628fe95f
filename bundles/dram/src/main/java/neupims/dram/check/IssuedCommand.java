// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import neupims.api.hw.Command;

/**
 * A command as a sink heard it.
 *
 * @param cycle memory cycle of issue
 * @param channel from 0
 * @param command what
 * @param rank from 0, -1 for the whole channel
 * @param bankGroup within the rank, -1 for all
 * @param bank within the bank group, -1 for all
 * @param row row, -1 for none
 */
public record IssuedCommand(
    long cycle, int channel, Command command, int rank, int bankGroup, int bank, int row) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(command).append(" at cycle ").append(cycle).append(" channel ").append(channel);
    append(text, " rank ", rank);
    append(text, " group ", bankGroup);
    append(text, " bank ", bank);
    append(text, " row ", row);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, int value) {
    if (value >= 0) {
      text.append(name).append(value);
    }
  }
}
