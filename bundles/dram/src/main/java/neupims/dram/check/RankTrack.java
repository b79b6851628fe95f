// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import java.util.ArrayDeque;

/** A rank: its last activates, column commands, precharges and refresh. */
final class RankTrack {
  final ArrayDeque<IssuedCommand> activates = new ArrayDeque<>();
  final IssuedCommand[] activateOfGroup;
  final IssuedCommand[] readOfGroup;
  final IssuedCommand[] writeOfGroup;
  IssuedCommand precharge;
  IssuedCommand refresh;

  RankTrack(int groups) {
    activateOfGroup = new IssuedCommand[groups];
    readOfGroup = new IssuedCommand[groups];
    writeOfGroup = new IssuedCommand[groups];
  }

  /** Notes an activate; keeps the last four. */
  void activated(IssuedCommand command) {
    activates.addLast(command);
    if (activates.size() > 4) {
      activates.removeFirst();
    }
    activateOfGroup[command.bankGroup()] = command;
  }
}
