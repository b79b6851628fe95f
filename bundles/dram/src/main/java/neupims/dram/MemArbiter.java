// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * What the reads and writes that wait at each bank need: a closed bank needs an activate, the open
 * row is read or written, another row needs a precharge, which only the front run may ask for, and
 * only when no waiting run hits the open row or that has served its cap [R]. Which of the banks is
 * next is said by an {@link AccessOrder}.
 *
 * <p>Needs are kept as bits, so that a choice costs a few operations; those for activates and
 * precharges are in {@link RowCommands}.
 */
final class MemArbiter {
  private static final long NEVER = Long.MAX_VALUE;

  private final Geometry geometry;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final RowCommands rows;
  private final int rowHitCap;
  private final boolean capEnds;

  /** The run of each bank that a read would serve. */
  final int[] readRun;

  /** The run of each bank that a write would serve. */
  final int[] writeRun;

  private long reading;
  private long writing;
  private long columnWait;
  private long clock;

  /**
   * The needs of a channel.
   *
   * @param capEnds whether an open row that has served its cap is served no more, so that its
   *     precharge need not wait for the moment between two of its reads
   */
  MemArbiter(
      Geometry geometry,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      RowCommands rows,
      int rowHitCap,
      boolean capEnds) {
    this.geometry = geometry;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.rows = rows;
    this.rowHitCap = rowHitCap;
    this.capEnds = capEnds;
    readRun = new int[geometry.banks];
    writeRun = new int[geometry.banks];
  }

  /** Takes over another channel's needs. */
  void copyFrom(MemArbiter other) {
    System.arraycopy(other.readRun, 0, readRun, 0, readRun.length);
    System.arraycopy(other.writeRun, 0, writeRun, 0, writeRun.length);
    reading = other.reading;
    writing = other.writing;
    columnWait = other.columnWait;
    clock = other.clock;
  }

  /** Adds the needs to an image; all but these follow from the banks and the queues. */
  void show(Image image) {
    image.add(reading);
    image.add(writing);
  }

  /** A run was appended to a bank's queue. */
  void appended(int bank) {
    if (!steady(bank)) {
      classify(bank); // else what it needs stays the same
    }
  }

  /** Whether what a bank needs stays the same when more comes. */
  boolean steady(int bank) {
    return (reading >>> bank & 1) != 0 || rows.wantsActivate(bank);
  }

  /** Works out anew what a bank needs. */
  void classify(int bank) {
    long bit = 1L << bank;
    reading &= ~bit;
    writing &= ~bit;
    columnWait &= ~bit;
    rows.clear(bank);
    if (queues.runs(bank) == 0) {
      return;
    }
    int open = banks.openRow[bank];
    if (open == BankState.CLOSED) {
      rows.activate(bank);
      return;
    }
    int first = queues.front(bank);
    boolean front = queues.row(first) == open;
    int hit = front ? first : queues.find(bank, open);
    boolean leave = !front && (hit == BankQueues.NONE || banks.hits[bank] >= rowHitCap);
    if (leave) {
      rows.precharge(bank);
    }
    if (hit != BankQueues.NONE && !(leave && capEnds)) {
      classifyHit(bank, bit, open, hit);
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
  }

  /** What can issue is asked for the given cycle. */
  void at(long cycle) {
    clock = cycle;
  }

  /** The bank's columns have been held back. */
  void held(int bank) {
    columnWait |= 1L << bank;
  }

  /** Banks whose columns are held back and that want to be read. */
  long readsHeld() {
    return columnWait & reading;
  }

  /** Banks whose columns are held back and that want to be written. */
  long writesHeld() {
    return columnWait & writing;
  }

  /** Banks of a rank whose open row may be read once the rank allows it. */
  long readable(int rank) {
    return reading & ~columnWait & ~rows.excluded() & geometry.rankBanks[rank];
  }

  /**
   * The earliest cycle at which something other than a read of {@link #readable} banks of the rank
   * could be chosen, given that such a read is issued whenever the rank allows it.
   */
  long burstLimit(int rank) {
    long limit = rows.nextAt();
    for (long m = readsHeld() & geometry.rankBanks[rank]; m != 0; m &= m - 1) {
      limit = Math.min(limit, banks.columnAt[Long.numberOfTrailingZeros(m)]);
    }
    return limit;
  }

  /** Whether a bank of another rank wants to be read. */
  boolean readsOutside(int rank) {
    return (reading & ~geometry.rankBanks[rank]) != 0;
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

  /** Banks of which a read may issue in the given cycle, but for their own times. */
  private long readyReads(long cycle) {
    long ready = 0;
    for (int r = 0; r < geometry.ranks; r++) {
      if (ranks.readAt[r] <= cycle) {
        ready |= reading & geometry.rankBanks[r];
      }
    }
    if (ranks.latestGroupReadAt() > cycle) {
      ready = withoutGroups(ready, ranks.groupReadAt, cycle);
    }
    return ready;
  }

  /** Banks that may be read or written in the given cycle. */
  long readyColumns(long cycle) {
    return readableNow(cycle) | writableNow(cycle);
  }

  /** Banks that may be read in the given cycle. */
  long readableNow(long cycle) {
    return ripe(readyReads(cycle), cycle);
  }

  /** Banks that may be written in the given cycle. */
  long writableNow(long cycle) {
    return writing == 0 ? 0 : ripe(readyWrites(cycle), cycle);
  }

  private long ripe(long ready, long cycle) {
    if ((columnWait & ready) != 0) {
      ripen(cycle);
    }
    return ready & ~columnWait & ~rows.excluded();
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

  /** A lower bound of the next cycle at which a bank can get what it needs. */
  long nextAt() {
    return Math.min(nextColumn(), rows.nextAt());
  }

  private long nextColumn() {
    long next = NEVER;
    long ripe = ~(columnWait | rows.excluded());
    for (int r = 0; r < geometry.ranks; r++) {
      long mask = ripe & geometry.rankBanks[r];
      if ((reading & mask) != 0) {
        next = Math.min(next, ranks.readAt[r]);
      }
      if ((writing & mask) != 0) {
        next = Math.min(next, ranks.writeAt[r]);
      }
    }
    long waiting = columnWait & ~rows.excluded() & (reading | writing);
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
