// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

/** A row buffer of one bank and the last commands that touched it. */
final class RowBuffer {
  int row = -1;
  IssuedCommand activate;
  IssuedCommand precharge;

  boolean isOpen() {
    return row >= 0;
  }

  void open(IssuedCommand command) {
    row = command.row();
    activate = command;
  }

  void close(IssuedCommand command) {
    row = -1;
    precharge = command;
  }
}
