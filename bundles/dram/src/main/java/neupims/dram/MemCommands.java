// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;

/** Issues what reads and writes need: what each command does to the banks and the queues. */
final class MemCommands {
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final RowCommands rows;
  private final CommandIssuer issuer;
  private final CommandLog log;
  private final SlotTable slots;
  private final InFlight inFlight;
  private final Intake intake;
  private final PimSequencer pim;
  private final int operandBank;
  private long lastColumn = -1;

  MemCommands(
      TimingTable timing,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      MemArbiter arbiter,
      RowCommands rows,
      CommandIssuer issuer,
      CommandLog log,
      SlotTable slots,
      InFlight inFlight,
      Intake intake,
      PimSequencer pim) {
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.arbiter = arbiter;
    this.rows = rows;
    this.issuer = issuer;
    this.log = log;
    this.slots = slots;
    this.inFlight = inFlight;
    this.intake = intake;
    this.pim = pim;
    operandBank = pim == null ? -1 : pim.operandBank();
  }

  /** Takes over another channel's state. */
  void copyFrom(MemCommands other) {
    lastColumn = other.lastColumn;
  }

  /** Cycle of the last read or write. */
  long lastColumn() {
    return lastColumn;
  }

  /** A read in the given cycle was the last one. */
  void lastColumn(long cycle) {
    lastColumn = cycle;
  }

  /** Activates or precharges a bank, as it wants. */
  void row(int bank, long cycle) {
    if (rows.wantsPrecharge(bank)) {
      issuer.precharge(bank, cycle);
    } else if (rows.wantsPimPrecharge(bank)) {
      issuer.pimPrecharge(bank, cycle);
    } else {
      issuer.activate(bank, queues.row(queues.front(bank)), cycle);
    }
  }

  /**
   * Writes of one run, the last of which may end it. Only the first may meet a full bank, and
   * nothing may reach the queues between them.
   */
  void write(int bank, int run, long cycle, int count, int gap) {
    boolean full = queues.isFull(bank);
    intake.playUntil(cycle);
    int row = banks.openRow[bank];
    long last = cycle + (count - 1L) * gap;
    log.columns(Command.WR, cycle, gap, count, bank, row, queues.column(run));
    banks.hits[bank] += count;
    ranks.wrote(bank, last);
    BankState.raise(banks.prechargeAt, bank, last + timing.writeToPrecharge);
    intake.wrote(row, count);
    taken(bank, run, count, full ? 1 : 0, last);
    if (bank == operandBank) {
      pim.operandsHeld(last + timing.writeToReadSameGroup);
    }
  }

  /**
   * Reads of one run, the last of which may end it; the times of the rank are left to the caller.
   *
   * @param followed how many of them are followed at once by what waits for the bank, which was
   *     full: none, or all
   */
  void read(int bank, int run, long cycle, int count, int gap, int followed) {
    long last = cycle + (count - 1L) * gap;
    log.columns(Command.RD, cycle, gap, count, bank, banks.openRow[bank], queues.column(run));
    banks.hits[bank] += count;
    BankState.raise(banks.prechargeAt, bank, last + timing.readToPrecharge);
    slots.done(queues.slot[run], count, last + timing.readDelay + 1);
    if (inFlight.limited()) {
      for (int i = 0; i < count; i++) {
        inFlight.issued(cycle + (long) i * gap + timing.readDelay);
      }
    }
    if (bank == operandBank) {
      pim.operandsHeld(last + timing.columnSameGroup);
    }
    taken(bank, run, count, followed, last);
  }

  private void taken(int bank, int run, int count, int followed, long last) {
    if (followed > 0 || queues.count[run] == count) {
      intake.playUntil(last); // with what waits at the banks before this command
    }
    lastColumn = last;
    arbiter.served(bank, run, queues.take(bank, run, count));
    if (followed > 0) {
      intake.follow(bank, followed, last);
    } else if (queues.waiting() == 0) {
      intake.stir(last);
    }
  }
}
