// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import neupims.api.hw.PimSpec;

/**
 * Checks what a tile under way keeps out, facts/neupims.md sec. 3: its HEADER finds no other tile's
 * row in the PIM row buffers; from there to the first compute step no bank opens the tile's row in
 * its MEM row buffer; and a blocked PIM sees no memory command from its operands to its results.
 */
final class TileCheck {
  private final PimSpec pim;
  private final BankTrack[] banks;
  private IssuedCommand header;
  private IssuedCommand freshOperands;
  private IssuedCommand memory;
  private boolean reserved;

  TileCheck(PimSpec pim, BankTrack[] banks) {
    this.pim = pim;
    this.banks = banks;
  }

  /** New operands: with a blocked PIM they and their tile go together. */
  void gwrite(IssuedCommand command) {
    freshOperands = command;
    memory = null;
  }

  void header(IssuedCommand command, Gate gate) {
    for (BankTrack bank : banks) {
      boolean own = !bank.pim.isOpen() || bank.pim.row == command.row();
      gate.state("header while another tile's row is open", own, bank.pim.activate);
    }
    if (freshOperands != null) {
      alone(gate);
    }
    freshOperands = null;
    memory = null;
    header = command;
    reserved = true;
  }

  /** A group activate, a compute step or a result read of the tile. */
  void step(Gate gate) {
    alone(gate);
  }

  /** The first compute step: from here on the PIM row buffers themselves say which row is taken. */
  void compute(Gate gate) {
    alone(gate);
    reserved = false;
  }

  private void alone(Gate gate) {
    gate.state("no memory command in blocked PIM mode", memory == null || !pim.blocked(), memory);
  }

  /** An activate into the MEM row buffer. */
  void activate(IssuedCommand command, Gate gate) {
    memory = command;
    boolean taken = reserved && pim.dualRowBuffer() && header.row() == command.row();
    gate.state("activate of the row reserved for the tile", !taken, header);
  }

  /** A read or write. */
  void column(IssuedCommand command) {
    memory = command;
  }
}
