// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;

/**
 * Issues reads and writes of open rows. While nothing but reads of one rank can issue, they follow
 * each other at the data bus' pace, bank after bank: {@link #readOn} issues them in a short loop
 * that looks up only to what may end it.
 */
final class ColumnIssuer {
  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final CommandLog log;
  private final SlotTable slots;
  private final InFlight inFlight;
  private final Intake intake;
  private final PimSequencer pim;
  private final int waitingInterval;
  private final boolean bursts;
  private final int operandBank;
  private final int rowHitCap;

  ColumnIssuer(
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      MemArbiter arbiter,
      CommandLog log,
      SlotTable slots,
      InFlight inFlight,
      Intake intake,
      PimSequencer pim,
      int rowHitCap) {
    this.geometry = geometry;
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.arbiter = arbiter;
    this.log = log;
    this.slots = slots;
    this.inFlight = inFlight;
    this.intake = intake;
    this.pim = pim;
    this.rowHitCap = rowHitCap;
    waitingInterval = pim == null ? 0 : pim.accessIntervalWhileWaiting();
    operandBank = pim == null ? -1 : pim.operandBank();
    bursts = !timing.readsBindGroups && timing.readOtherRank > timing.columnOtherGroup;
  }

  /** Issues the column command that the arbiter has chosen for a bank; whether it is a read. */
  boolean issue(int bank, long cycle) {
    boolean write = arbiter.wantsWrite(bank, cycle);
    if (write) {
      write(bank, cycle);
    } else {
      read(bank, cycle);
      ranks.read(bank, cycle);
    }
    if (pim != null && pim.waits()) {
      ranks.holdColumns(cycle + waitingInterval);
    }
    return !write;
  }

  private void write(int bank, long cycle) {
    int run = arbiter.run(bank, true);
    log.column(cycle, Command.WR, bank, banks.openRow[bank], queues.column[run]);
    banks.hits[bank]++;
    ranks.wrote(bank, cycle);
    BankState.raise(banks.prechargeAt, bank, cycle + timing.writeToPrecharge);
    intake.wrote();
    arbiter.served(bank, run, queues.take(bank, run));
    if (bank == operandBank) {
      pim.operandBankUsed(cycle);
    }
  }

  private void read(int bank, long cycle) {
    int run = arbiter.run(bank, false);
    int slot = queues.slot[run];
    log.column(cycle, Command.RD, bank, banks.openRow[bank], queues.column[run]);
    banks.hits[bank]++;
    BankState.raise(banks.prechargeAt, bank, cycle + timing.readToPrecharge);
    inFlight.issued(cycle + timing.readDelay);
    arbiter.served(bank, run, queues.take(bank, run));
    slots.done(slot, 1, geometry.accessBytes, cycle + timing.readDelay + 1);
    if (bank == operandBank) {
      pim.operandBankUsed(cycle);
    }
  }

  /**
   * Goes on reading after a read in the given cycle.
   *
   * @param rank its rank
   * @param until first cycle at which a refresh, the PIM or the caller may have something else to
   *     do
   * @return cycle of the last read
   */
  long readOn(int rank, long cycle, long until) {
    if (!bursts || ranks.latestGroupReadAt() > cycle || (pim != null && pim.waits())) {
      return cycle;
    }
    int quick = 0;
    long last = cycle;
    long at = cycle + timing.columnOtherGroup;
    long limit = limit(rank, until);
    long ready = arbiter.readable(rank);
    int bank = arbiter.last();
    while (ready != 0 && at < limit) {
      long after = ready & (-2L << bank);
      bank = Long.numberOfTrailingZeros(after != 0 ? after : ready);
      int run = arbiter.run(bank, false);
      int left = queues.count[run];
      boolean blocks = (intake.blocked() >>> bank & 1) != 0;
      if (left > 1 && !blocks && banks.hits[bank] + 1 != rowHitCap) {
        quickRead(bank, run, at);
        quick++;
      } else {
        intake.playUntil(at);
        read(bank, at);
        if (blocks) {
          intake.playUntil(at + 1);
        }
        ready = arbiter.readable(rank);
        limit = limit(rank, until);
      }
      last = at;
      at += timing.columnOtherGroup;
    }
    if (last > cycle) {
      log.countReads(quick);
      ranks.read(bank, last);
      arbiter.turn(bank);
    }
    return last;
  }

  private long limit(int rank, long until) {
    return Math.min(until, Math.min(intake.nextEffect(), arbiter.burstLimit(rank)));
  }

  /** A read that ends neither its run nor, as a consequence of that, anything else. */
  private void quickRead(int bank, int run, long cycle) {
    int slot = queues.slot[run];
    log.quickRead(cycle, bank, banks.openRow[bank], queues.column[run]);
    banks.hits[bank]++;
    BankState.raise(banks.prechargeAt, bank, cycle + timing.readToPrecharge);
    inFlight.issued(cycle + timing.readDelay);
    queues.takeOne(bank, run);
    slots.done(slot, 1, geometry.accessBytes, cycle + timing.readDelay + 1);
    if (bank == operandBank) {
      pim.operandBankUsed(cycle);
    }
  }
}
