// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * Chooses among the commands that reads and writes need. Round robin over the banks, starting after
 * the one served last; within a bank the first waiting run whose next command can issue now: a
 * closed bank needs an activate, the open row is read or written, another row needs a precharge,
 * which only the front run may ask for, and only when no waiting run hits the open row or that has
 * served its cap [R].
 *
 * <p>Each bank's needs are kept as bits, so that a choice costs a few operations. The bounds are
 * lower bounds of the next cycle at which an activate of a rank or a precharge can issue.
 */
final class MemArbiter {
  private static final long NEVER = Long.MAX_VALUE;

  /** Bound of a rank whose waiting activates have to be looked at one by one. */
  private static final long RECHECK = 0;

  private final Geometry geometry;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final int rowHitCap;

  private final int[] readRun;
  private final int[] writeRun;
  private final long[] activateBound;
  private long reading;
  private long writing;
  private long columnWait;
  private long activating;
  private long precharging;
  private long pimHeld;
  private long prechargeBound;
  private long excluded;
  private int reservedRow = BankState.CLOSED;
  private int last;
  private long clock;
  private long readyPrecharges;

  MemArbiter(
      Geometry geometry, BankState banks, RankState ranks, BankQueues queues, int rowHitCap) {
    this.geometry = geometry;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.rowHitCap = rowHitCap;
    readRun = new int[geometry.banks];
    writeRun = new int[geometry.banks];
    activateBound = new long[geometry.ranks];
  }

  /** A run was appended to a bank's queue. */
  void appended(int bank) {
    if ((reading >>> bank & 1) == 0 && (activating >>> bank & 1) == 0) {
      classify(bank); // else what it needs stays the same
    }
  }

  /** Works out anew what a bank needs. */
  void classify(int bank) {
    long bit = 1L << bank;
    reading &= ~bit;
    writing &= ~bit;
    columnWait &= ~bit;
    activating &= ~bit;
    precharging &= ~bit;
    if (queues.runs(bank) == 0) {
      return;
    }
    int open = banks.openRow[bank];
    if (open == BankState.CLOSED) {
      activating |= bit;
      int rank = geometry.rankOf[bank];
      long at = activateAt(bank, ranks.activateAt(rank));
      if (at < activateBound[rank] || (activating & geometry.rankBanks[rank]) == bit) {
        activateBound[rank] = at;
      }
      return;
    }
    int first = queues.front(bank);
    boolean front = queues.row(first) == open;
    int hit = front ? first : queues.find(bank, open);
    if (hit != BankQueues.NONE) {
      classifyHit(bank, bit, open, hit);
    }
    if (!front && (hit == BankQueues.NONE || banks.hits[bank] >= rowHitCap)) {
      precharging |= bit;
      long at = banks.prechargeAt[bank];
      prechargeBound = precharging == bit ? at : Math.min(prechargeBound, at);
    }
  }

  /** A write waits for the reads of its row before it; a read overtakes writes. */
  private void classifyHit(int bank, long bit, int open, int hit) {
    int read = hit;
    if (queues.slot[hit] == BankQueues.WRITE) {
      writing |= bit;
      writeRun[bank] = hit;
      read = queues.findRead(bank, open, hit);
    }
    if (read != BankQueues.NONE) {
      reading |= bit;
      readRun[bank] = read;
    }
    if (banks.columnAt[bank] > clock) {
      columnWait |= bit;
    }
  }

  /** A read or write of an open row was issued; {@code gone} when its run is at its end. */
  void served(int bank, int run, boolean gone) {
    if (gone || (banks.hits[bank] == rowHitCap && run != queues.front(bank))) {
      classify(bank);
    }
    last = bank;
  }

  /** A command was issued for a bank. */
  void turn(int bank) {
    last = bank;
  }

  /** The bank's columns have been held back. */
  void held(int bank) {
    columnWait |= 1L << bank;
  }

  /** Keeps commands from the given banks until the next call. */
  void exclude(long mask) {
    excluded = mask;
    recheck();
    prechargeBound = 0;
  }

  /** Keeps a row closed in the MEM row buffers because the PIM has it or is about to. */
  void reserve(int row) {
    reservedRow = row;
    recheck();
  }

  /** An activate that could not issue may be possible earlier than thought. */
  void recheck() {
    Arrays.fill(activateBound, RECHECK);
  }

  /** The run that a chosen column command serves. */
  int run(int bank, boolean write) {
    return write ? writeRun[bank] : readRun[bank];
  }

  /** Banks of a rank whose open row may be read once the rank allows it. */
  long readable(int rank) {
    return reading & ~columnWait & ~excluded & geometry.rankBanks[rank];
  }

  /**
   * The earliest cycle at which something other than a read of {@link #readable} banks of the rank
   * could be chosen, given that such a read is issued whenever the rank allows it.
   */
  long burstLimit(int rank) {
    long limit = nextRow();
    for (long m = columnWait & reading & geometry.rankBanks[rank]; m != 0; m &= m - 1) {
      limit = Math.min(limit, banks.columnAt[Long.numberOfTrailingZeros(m)]);
    }
    return limit;
  }

  private long nextActivate() {
    long next = NEVER;
    for (int r = 0; r < activateBound.length; r++) {
      if ((activating & ~excluded & geometry.rankBanks[r]) != 0) {
        next = Math.min(next, activateBound[r]);
      }
    }
    return next;
  }

  /**
   * The bank to serve in the given cycle, or -1. What it needs is said by {@link #wantsRow} and
   * {@link #wantsWrite}, in that order.
   */
  int choose(long cycle) {
    clock = cycle;
    return after(last, (readyColumns(cycle) & ~excluded) | readyRows(cycle));
  }

  /** The same while no column command can issue, starting after the given bank. */
  int chooseRow(long cycle, int lastBank) {
    clock = cycle;
    return after(lastBank, readyRows(cycle));
  }

  /** The same while only reads of a rank can be chosen beside activates and precharges. */
  int chooseOfRank(int rank, long cycle, int lastBank) {
    clock = cycle;
    if (columnWait != 0) {
      ripen(cycle);
    }
    return after(lastBank, readable(rank) | readyRows(cycle));
  }

  private long readyRows(long cycle) {
    readyPrecharges = 0;
    if (precharging != 0 && cycle >= prechargeBound) {
      readyPrecharges = readyPrecharges(cycle);
    }
    long ready = activating != 0 ? readyActivates(cycle) | readyPrecharges : readyPrecharges;
    return ready & ~excluded;
  }

  private static int after(int lastBank, long ready) {
    if (ready == 0) {
      return -1;
    }
    long after = ready & (-2L << lastBank);
    return Long.numberOfTrailingZeros(after != 0 ? after : ready);
  }

  /** A lower bound of the next activate or precharge. */
  long nextRow() {
    long next = precharging == 0 ? NEVER : prechargeBound;
    return activating == 0 ? next : Math.min(next, nextActivate());
  }

  /** Whether the chosen bank is to be activated or precharged. */
  boolean wantsRow(int bank) {
    return ((readyPrecharges | activating) >>> bank & 1) != 0;
  }

  /** Whether the chosen bank is to be precharged. */
  boolean wantsPrecharge(int bank) {
    return (readyPrecharges >>> bank & 1) != 0;
  }

  /** Whether the PIM row buffer of the chosen, closed bank holds the row that is wanted. */
  boolean wantsPimPrecharge(int bank) {
    return banks.dual && banks.pimRow[bank] == queues.row(queues.front(bank));
  }

  /** Whether the chosen bank's first possible column command is a write. */
  boolean wantsWrite(int bank, long cycle) {
    if ((writing >>> bank & 1) == 0) {
      return false;
    }
    if ((reading >>> bank & 1) == 0) {
      return true;
    }
    return writeAt(bank) <= cycle
        && (readAt(bank) > cycle || queues.isBefore(bank, writeRun[bank], readRun[bank]));
  }

  private long readAt(int bank) {
    return Math.max(ranks.readAt[geometry.rankOf[bank]], ranks.groupReadAt[geometry.groupOf[bank]]);
  }

  private long writeAt(int bank) {
    return Math.max(
        ranks.writeAt[geometry.rankOf[bank]], ranks.groupWriteAt[geometry.groupOf[bank]]);
  }

  private long readyColumns(long cycle) {
    long ready = 0;
    for (int r = 0; r < activateBound.length; r++) {
      if (ranks.readAt[r] <= cycle) {
        ready |= reading & geometry.rankBanks[r];
      }
    }
    if (ranks.latestGroupReadAt() > cycle) {
      ready = withoutGroups(ready, ranks.groupReadAt, cycle);
    }
    if (writing != 0) {
      ready |= readyWrites(cycle);
    }
    if ((columnWait & ready) != 0) {
      ripen(cycle);
    }
    return ready & ~columnWait;
  }

  private long readyWrites(long cycle) {
    long ready = 0;
    for (int r = 0; r < geometry.ranks; r++) {
      if (ranks.writeAt[r] <= cycle) {
        ready |= writing & geometry.rankBanks[r];
      }
    }
    return ranks.latestGroupWriteAt() > cycle
        ? withoutGroups(ready, ranks.groupWriteAt, cycle)
        : ready;
  }

  private long withoutGroups(long ready, long[] groupAt, long cycle) {
    long left = ready;
    for (int g = 0; g < geometry.groups; g++) {
      if (groupAt[g] > cycle) {
        left &= ~geometry.groupBanks[g];
      }
    }
    return left;
  }

  /** Notes banks whose columns are no longer held back. */
  void ripen(long cycle) {
    for (long m = columnWait; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      if (banks.columnAt[bank] <= cycle) {
        columnWait &= ~(1L << bank);
      }
    }
  }

  private long readyActivates(long cycle) {
    long ready = 0;
    for (int r = 0; r < activateBound.length; r++) {
      long mask = activating & ~excluded & geometry.rankBanks[r];
      if (mask != 0 && activateBound[r] <= cycle) {
        ready |= readyActivates(r, mask, cycle);
      }
    }
    return ready;
  }

  private long readyActivates(int rank, long mask, long cycle) {
    long rankAt = ranks.activateAt(rank);
    if (rankAt > cycle && activateBound[rank] != RECHECK && (pimHeld & mask) == 0) {
      activateBound[rank] = rankAt;
      return 0;
    }
    long ready = 0;
    long bound = NEVER;
    for (long m = mask; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long at = activateAt(bank, rankAt);
      if (at <= cycle) {
        ready |= 1L << bank;
      }
      bound = Math.min(bound, at);
    }
    activateBound[rank] = bound;
    return ready;
  }

  private long activateAt(int bank, long rankAt) {
    if (banks.dual) {
      int row = queues.row(queues.front(bank));
      if (row == reservedRow) {
        return NEVER;
      }
      if (row == banks.pimRow[bank]) {
        pimHeld |= 1L << bank;
        return banks.pimPrechargeAt[bank];
      }
      pimHeld &= ~(1L << bank);
    }
    long at = Math.max(banks.activateAt[bank], rankAt);
    return Math.max(at, ranks.groupActivateAt[geometry.groupOf[bank]]);
  }

  /** A bank of the rank was activated, which holds back the others. */
  void activated(int rank) {
    if ((pimHeld & activating & geometry.rankBanks[rank]) != 0) {
      return; // a precharge of a PIM row buffer is not held back
    }
    activateBound[rank] = Math.max(activateBound[rank], ranks.activateAt(rank));
  }

  private long readyPrecharges(long cycle) {
    long ready = 0;
    long bound = NEVER;
    for (long m = precharging & ~excluded; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long at = banks.prechargeAt[bank];
      if (at <= cycle) {
        ready |= 1L << bank;
      }
      bound = Math.min(bound, at);
    }
    prechargeBound = bound;
    return ready;
  }

  /** A lower bound of the next cycle at which {@link #choose} finds a bank. */
  long nextAt() {
    return Math.min(nextColumn(), nextRow());
  }

  private long nextColumn() {
    long next = NEVER;
    long ripe = ~(columnWait | excluded);
    for (int r = 0; r < activateBound.length; r++) {
      long mask = ripe & geometry.rankBanks[r];
      if ((reading & mask) != 0) {
        next = Math.min(next, ranks.readAt[r]);
      }
      if ((writing & mask) != 0) {
        next = Math.min(next, ranks.writeAt[r]);
      }
    }
    long waiting = columnWait & ~excluded & (reading | writing);
    return waiting == 0 ? next : Math.min(next, nextRipe(waiting));
  }

  private long nextRipe(long waiting) {
    long next = NEVER;
    for (long m = waiting; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      int rank = geometry.rankOf[bank];
      long rankAt = (reading >>> bank & 1) != 0 ? ranks.readAt[rank] : NEVER;
      if ((writing >>> bank & 1) != 0) {
        rankAt = Math.min(rankAt, ranks.writeAt[rank]);
      }
      next = Math.min(next, Math.max(banks.columnAt[bank], rankAt));
    }
    return next;
  }
}
