// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;

/**
 * Round robin over the banks, beginning after the one served last: each gets the first command that
 * its runs need and that can issue now, whatever it is [R].
 *
 * <p>While nothing but reads of one rank can be chosen, they follow each other at the data bus'
 * pace, bank after bank, in a loop that looks only at what may end it.
 */
final class RoundRobin implements AccessOrder {
  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final RowCommands rows;
  private final MemCommands commands;
  private final CommandLog log;
  private final SlotTable slots;
  private final InFlight inFlight;
  private final Intake intake;
  private final PimSequencer pim;
  private final boolean bursts;
  private final int operandBank;
  private final int rowHitCap;
  private int lastBank;
  private int bank;
  private int reader;
  private long at;

  RoundRobin(
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      MemArbiter arbiter,
      RowCommands rows,
      MemCommands commands,
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
    this.commands = commands;
    this.log = log;
    this.slots = slots;
    this.inFlight = inFlight;
    this.intake = intake;
    this.pim = pim;
    this.rowHitCap = rowHitCap;
    operandBank = pim == null ? -1 : pim.operandBank();
    bursts = !timing.readsBindGroups && timing.readOtherRank > timing.columnOtherGroup;
  }

  @Override
  public void copyFrom(AccessOrder other) {
    lastBank = ((RoundRobin) other).lastBank;
  }

  @Override
  public void show(Image image) {
    image.add(lastBank);
  }

  @Override
  public long issue(long cycle, long until, long end) {
    arbiter.at(cycle);
    int chosen = after(lastBank, arbiter.readyColumns(cycle) | rows.ready(cycle));
    if (chosen < 0) {
      return cycle;
    }
    if (!rows.wants(chosen) && !arbiter.wantsWrite(chosen, cycle)) {
      return readOn(chosen, cycle, until);
    }
    if (rows.wants(chosen)) {
      commands.row(chosen, cycle);
    } else {
      commands.write(chosen, arbiter.writeRun[chosen], cycle, 1, 0);
    }
    lastBank = chosen;
    return cycle;
  }

  private static int after(int bank, long ready) {
    if (ready == 0) {
      return -1;
    }
    long after = ready & (-2L << bank);
    return Long.numberOfTrailingZeros(after != 0 ? after : ready);
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
      int run = arbiter.readRun[bank];
      if (isQuick(bank, run, blocked)) {
        quickReads(arbiter.readable(rank), limit(rank, end), blocked);
      } else {
        commands.read(bank, run, at, 1, 0, queues.isFull(bank) ? 1 : 0);
      }
      reader = bank;
      last = issueRows(rank, end);
    } while (at > last);
    ranks.read(reader, commands.lastColumn());
    lastBank = bank;
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
        arbiter.at(row);
        int chosen = after(bank, rows.ready(row));
        if (chosen >= 0) {
          commands.row(chosen, row);
          bank = chosen;
          last = row;
        }
        now = row + 1;
        continue;
      }
      if (now >= others) {
        return last;
      }
      arbiter.at(now);
      arbiter.ripen(now);
      int chosen = after(bank, arbiter.readable(rank) | rows.ready(now));
      if (chosen < 0) {
        return last;
      }
      bank = chosen;
      if (!rows.wants(chosen)) {
        at = now;
        return last;
      }
      commands.row(chosen, now);
      last = now++;
    }
    return last;
  }

  /** Whether a read neither ends its run nor lets a waiting access into the bank's queue. */
  private boolean isQuick(int ofBank, int run, long blocked) {
    return queues.count[run] > 1
        && (blocked >>> ofBank & 1) == 0
        && (banks.hits[ofBank] + 1 != rowHitCap || run == queues.front(ofBank));
  }

  private long limit(int rank, long end) {
    return Math.min(end, Math.min(intake.effectAt(), arbiter.burstLimit(rank)));
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
      int run = arbiter.readRun[b];
      log.uncounted(Command.RD, cycle, b, banks.openRow[b], queues.column(run));
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
      int next = after(b, ready);
      if (!isQuick(next, arbiter.readRun[next], blocked)) {
        break;
      }
      b = next;
      cycle += gap;
    }
    bank = b;
    at = cycle;
    queues.taken(takenFrom);
    log.count(Command.RD, reads);
    commands.lastColumn(cycle);
  }
}
