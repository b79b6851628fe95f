// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.PimSpec;

/** Issues commands to banks: what each does to the row buffers and to the times of later ones. */
final class CommandIssuer {
  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final MemArbiter arbiter;
  private final RowCommands rows;
  private final CommandLog log;
  private final int bufferToBuffer;

  CommandIssuer(
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      MemArbiter arbiter,
      RowCommands rows,
      CommandLog log,
      PimSpec pim) {
    this.geometry = geometry;
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.arbiter = arbiter;
    this.rows = rows;
    this.log = log;
    bufferToBuffer = pim == null ? 0 : pim.bufferToBuffer();
  }

  /** Activates a row into the MEM row buffer. */
  void activate(int bank, int row, long cycle) {
    log.bank(cycle, Command.ACT, bank, row, 0);
    banks.openRow[bank] = row;
    banks.hits[bank] = 0;
    BankState.raise(banks.activateAt, bank, cycle + timing.rc);
    BankState.raise(banks.columnAt, bank, cycle + timing.rcd);
    BankState.raise(banks.prechargeAt, bank, cycle + timing.ras);
    if (banks.dual) {
      BankState.raise(banks.pimActivateAt, bank, cycle + bufferToBuffer);
    }
    ranks.activated(bank, cycle);
    arbiter.classify(bank);
    rows.activated(geometry.rankOf[bank]);
  }

  /** Precharges the MEM row buffer. */
  void precharge(int bank, long cycle) {
    log.bank(cycle, Command.PRE, bank, banks.openRow[bank], 0);
    banks.openRow[bank] = BankState.CLOSED;
    BankState.raise(banks.activateAt, bank, cycle + timing.rp);
    ranks.lastPrecharge[geometry.rankOf[bank]] = cycle;
    arbiter.classify(bank);
  }

  /** Precharges the PIM row buffer, which may be the MEM row buffer. */
  void pimPrecharge(int bank, long cycle) {
    if (!banks.dual) {
      precharge(bank, cycle);
      return;
    }
    log.bank(cycle, Command.PIM_PRE, bank, banks.pimRow[bank], 0);
    banks.pimRow[bank] = BankState.CLOSED;
    BankState.raise(banks.pimActivateAt, bank, cycle + timing.rp);
    ranks.lastPrecharge[geometry.rankOf[bank]] = cycle;
    rows.pimClosed(bank);
  }

  /** Activates a row into the PIM row buffers of consecutive banks. */
  void groupActivate(int firstBank, int count, int row, long cycle) {
    log.group(cycle, firstBank, row);
    for (int bank = firstBank; bank < firstBank + count; bank++) {
      banks.pimRow[bank] = row;
      BankState.raise(banks.pimActivateAt, bank, cycle + timing.rc);
      BankState.raise(banks.pimPrechargeAt, bank, cycle + timing.ras);
      if (banks.dual) {
        BankState.raise(banks.activateAt, bank, cycle + bufferToBuffer);
      } else {
        banks.hits[bank] = 0;
        arbiter.classify(bank);
      }
      ranks.activated(bank, cycle);
    }
  }

  /** Refreshes a rank, whose banks are closed. */
  void refresh(int rank, long cycle) {
    log.refresh(cycle, rank);
    int first = rank * geometry.banksPerRank;
    for (int bank = first; bank < first + geometry.banksPerRank; bank++) {
      BankState.raise(banks.activateAt, bank, cycle + timing.rfc);
      BankState.raise(banks.pimActivateAt, bank, cycle + timing.rfc);
    }
    rows.recheck();
  }
}
