// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;

/**
 * Serves reads and writes for as long as nothing else is to be done. While nothing but reads of one
 * rank can be chosen, they follow each other at the data bus' pace, bank after bank, in a loop that
 * looks only at what may end it.
 */
final class MemScheduler {
  private final Geometry geometry;
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
  private final boolean bursts;
  private final int operandBank;
  private final int rowHitCap;
  private long lastColumn = -1;
  private int bank;
  private int reader;
  private long at;

  MemScheduler(
      Geometry geometry,
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
      PimSequencer pim,
      int rowHitCap) {
    this.geometry = geometry;
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
    this.rowHitCap = rowHitCap;
    operandBank = pim == null ? -1 : pim.operandBank();
    bursts = !timing.readsBindGroups && timing.readOtherRank > timing.columnOtherGroup;
  }

  /**
   * Serves the banks from the given cycle on.
   *
   * @param until first cycle, after that one, at which a refresh, the PIM or the caller may have
   *     something else to do
   * @return the first cycle, after the given one, at which there may be something to do
   */
  long serve(long cycle, long until) {
    long now = cycle;
    while (now < until) {
      if (intake.effectAt() <= now) {
        intake.playUntil(now);
      }
      int chosen = arbiter.choose(now);
      if (chosen >= 0) {
        now = issue(chosen, now, until);
      }
      now = Math.max(now + 1, Math.min(arbiter.nextAt(), intake.effectAt()));
    }
    return Math.min(now, Math.max(until, cycle + 1));
  }

  /** Takes over another channel's state. */
  void copyFrom(MemScheduler other) {
    lastColumn = other.lastColumn;
  }

  /** Cycle of the last read or write. */
  long lastColumn() {
    return lastColumn;
  }

  /** Issues the command that the arbiter has chosen for a bank; returns the last one's cycle. */
  private long issue(int bank, long cycle, long until) {
    if (rows.wants(bank)) {
      issueRow(bank, cycle);
    } else if (arbiter.wantsWrite(bank, cycle)) {
      write(bank, cycle);
    } else {
      return readOn(bank, cycle, until);
    }
    arbiter.turn(bank);
    return cycle;
  }

  private void issueRow(int bank, long cycle) {
    if (rows.wantsPrecharge(bank)) {
      issuer.precharge(bank, cycle);
    } else if (rows.wantsPimPrecharge(bank)) {
      issuer.pimPrecharge(bank, cycle);
    } else {
      issuer.activate(bank, queues.row(queues.front(bank)), cycle);
    }
  }

  private void write(int bank, long cycle) {
    boolean full = (queues.full() >>> bank & 1) != 0;
    int run = arbiter.run(bank, true);
    intake.playUntil(cycle);
    log.column(cycle, Command.WR, bank, banks.openRow[bank], queues.column(run));
    banks.hits[bank]++;
    ranks.wrote(bank, cycle);
    BankState.raise(banks.prechargeAt, bank, cycle + timing.writeToPrecharge);
    intake.wrote(banks.openRow[bank]);
    lastColumn = cycle;
    taken(bank, run, full, cycle);
    if (bank == operandBank) {
      pim.operandsHeld(cycle + timing.writeToReadSameGroup);
    }
  }

  /**
   * Reads from a bank and goes on reading while nothing but reads of its rank, activates and
   * precharges can be chosen.
   *
   * @return cycle of the last command
   */
  private long readOn(int firstBank, long cycle, long until) {
    int rank = geometry.rankOf[firstBank];
    long end = bursts && ranks.latestGroupReadAt() <= cycle ? until : cycle;
    if (inFlight.limited()) {
      end = Math.min(end, cycle + timing.readDelay); // then the first one is done
    }
    bank = firstBank;
    at = cycle;
    long last;
    do {
      long blocked = intake.blocked();
      if (isQuick(bank, arbiter.run(bank, false), blocked)) {
        quickReads(arbiter.readable(rank), limit(rank, end), blocked);
      } else {
        read(bank, at);
      }
      reader = bank;
      last = issueRows(rank, end);
    } while (at > last);
    ranks.read(reader, lastColumn);
    arbiter.turn(bank);
    if (inFlight.limited()) {
      intake.changed();
    }
    return last;
  }

  /**
   * After a read: the activates and precharges whose turn it is before the rank's next read, whose
   * bank and cycle are left behind. That cycle is not after the last command's when it is not for
   * this loop to say what comes next.
   *
   * @return cycle of the last command
   */
  private long issueRows(int rank, long end) {
    lastColumn = at;
    long last = at;
    long columns = at + timing.columnOtherGroup;
    long others = at + timing.readOtherRank; // writes have to wait even longer
    long now = last + 1;
    while (now < end) {
      if (intake.effectAt() <= now) {
        intake.playUntil(now);
      }
      if (now < columns) {
        long row = Math.max(now, rows.nextAt());
        long stop = Math.min(Math.min(columns, end), intake.effectAt());
        if (row >= stop) {
          now = stop;
          continue;
        }
        int chosen = arbiter.chooseRow(row, bank);
        if (chosen >= 0) {
          issueRow(chosen, row);
          bank = chosen;
          last = row;
        }
        now = row + 1;
        continue;
      }
      if (now >= others) {
        return last;
      }
      int chosen = arbiter.chooseOfRank(rank, now, bank);
      if (chosen < 0) {
        return last;
      }
      bank = chosen;
      if (!rows.wants(chosen)) {
        at = now;
        return last;
      }
      issueRow(chosen, now);
      last = now++;
    }
    return last;
  }

  private static int nextBank(long ready, int last) {
    long after = ready & (-2L << last);
    return Long.numberOfTrailingZeros(after != 0 ? after : ready);
  }

  /** Whether a read neither ends its run nor lets a waiting access into the bank's queue. */
  private boolean isQuick(int ofBank, int run, long blocked) {
    return queues.count[run] > 1
        && (blocked >>> ofBank & 1) == 0
        && (banks.hits[ofBank] + 1 != rowHitCap || run == queues.front(ofBank));
  }

  /**
   * Reads from the given bank and then from those that are ready while the reads are quick and come
   * before the limit. Leaves the last read's bank and cycle behind.
   */
  private void quickReads(long ready, long limit, long blocked) {
    int[] count = queues.count;
    int[] accesses = queues.accesses;
    int[] hits = banks.hits;
    long[] prechargeAt = banks.prechargeAt;
    int gap = timing.columnOtherGroup;
    boolean limited = inFlight.limited();
    long takenFrom = 0;
    int reads = 0;
    int b = bank;
    long cycle = at;
    while (true) {
      int run = arbiter.run(b, false);
      log.quickRead(cycle, b, banks.openRow[b], queues, run);
      count[run]--;
      accesses[b]--;
      hits[b]++;
      takenFrom |= 1L << b;
      long precharge = cycle + timing.readToPrecharge;
      if (prechargeAt[b] < precharge) {
        prechargeAt[b] = precharge;
      }
      slots.read(queues.slot[run], cycle + timing.readDelay + 1);
      if (limited) {
        inFlight.issued(cycle + timing.readDelay);
      }
      reads++;
      if (b == operandBank) {
        pim.operandsHeld(cycle + timing.columnSameGroup);
      }
      if (cycle + gap >= limit) {
        break;
      }
      int next = nextBank(ready, b);
      if (!isQuick(next, arbiter.run(next, false), blocked)) {
        break;
      }
      b = next;
      cycle += gap;
    }
    bank = b;
    at = cycle;
    queues.taken(takenFrom);
    log.countReads(reads);
  }

  private long limit(int rank, long end) {
    return Math.min(end, Math.min(intake.effectAt(), arbiter.burstLimit(rank)));
  }

  private void read(int bank, long cycle) {
    int run = arbiter.run(bank, false);
    boolean full = (queues.full() >>> bank & 1) != 0;
    int slot = queues.slot[run];
    log.column(cycle, Command.RD, bank, banks.openRow[bank], queues.column(run));
    banks.hits[bank]++;
    afterRead(bank, slot, cycle);
    taken(bank, run, full, cycle);
  }

  private void taken(int bank, int run, boolean full, long cycle) {
    intake.playUntil(cycle); // with what waits at the banks before this command
    arbiter.served(bank, run, queues.take(bank, run));
    if (full) {
      intake.follow(bank, cycle);
    } else if (queues.waiting() == 0) {
      intake.stir(cycle);
    }
  }

  private void afterRead(int bank, int slot, long cycle) {
    long precharge = cycle + timing.readToPrecharge;
    if (banks.prechargeAt[bank] < precharge) {
      banks.prechargeAt[bank] = precharge;
    }
    inFlight.issued(cycle + timing.readDelay);
    slots.done(slot, 1, cycle + timing.readDelay + 1);
    if (bank == operandBank) {
      pim.operandsHeld(cycle + timing.columnSameGroup);
    }
  }
}
