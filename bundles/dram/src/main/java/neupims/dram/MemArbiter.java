// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Chooses among the commands that reads and writes need. Round robin over the banks, starting after
 * the one served last; within a bank the first waiting run whose next command can issue now: a
 * closed bank needs an activate, the open row is read or written, another row needs a precharge,
 * which only the front run may ask for, and only when no waiting run hits the open row or that has
 * served its cap [R].
 *
 * <p>Each bank's needs are kept as bits, so that a choice costs a few operations; those for
 * activates and precharges are in {@link RowCommands}.
 */
final class MemArbiter {
  private static final long NEVER = Long.MAX_VALUE;

  private final Geometry geometry;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final RowCommands rows;
  private final int rowHitCap;

  private final int[] readRun;
  private final int[] writeRun;
  private long reading;
  private long writing;
  private long columnWait;
  private int last;
  private long clock;

  MemArbiter(
      Geometry geometry,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      RowCommands rows,
      int rowHitCap) {
    this.geometry = geometry;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.rows = rows;
    this.rowHitCap = rowHitCap;
    readRun = new int[geometry.banks];
    writeRun = new int[geometry.banks];
  }

  /** Takes over another channel's choices. */
  void copyFrom(MemArbiter other) {
    System.arraycopy(other.readRun, 0, readRun, 0, readRun.length);
    System.arraycopy(other.writeRun, 0, writeRun, 0, writeRun.length);
    reading = other.reading;
    writing = other.writing;
    columnWait = other.columnWait;
    last = other.last;
    clock = other.clock;
  }

  /** Adds the choices to an image; all but these follow from the banks and the queues. */
  void show(Image image) {
    image.add(reading);
    image.add(writing);
    image.add(last);
  }

  /** A run was appended to a bank's queue. */
  void appended(int bank) {
    if ((reading >>> bank & 1) == 0 && !rows.wantsActivate(bank)) {
      classify(bank); // else what it needs stays the same
    }
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
    if (hit != BankQueues.NONE) {
      classifyHit(bank, bit, open, hit);
    }
    if (!front && (hit == BankQueues.NONE || banks.hits[bank] >= rowHitCap)) {
      rows.precharge(bank);
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

  /** The run that a chosen column command serves. */
  int run(int bank, boolean write) {
    return write ? writeRun[bank] : readRun[bank];
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
    for (long m = columnWait & reading & geometry.rankBanks[rank]; m != 0; m &= m - 1) {
      limit = Math.min(limit, banks.columnAt[Long.numberOfTrailingZeros(m)]);
    }
    return limit;
  }

  /**
   * The bank to serve in the given cycle, or -1. What it needs is said by {@link RowCommands#wants}
   * and {@link #wantsWrite}, in that order.
   */
  int choose(long cycle) {
    clock = cycle;
    return after(last, (readyColumns(cycle) & ~rows.excluded()) | rows.ready(cycle));
  }

  /** The same while no column command can issue, starting after the given bank. */
  int chooseRow(long cycle, int lastBank) {
    clock = cycle;
    return after(lastBank, rows.ready(cycle));
  }

  /** The same while only reads of a rank can be chosen beside activates and precharges. */
  int chooseOfRank(int rank, long cycle, int lastBank) {
    clock = cycle;
    if (columnWait != 0) {
      ripen(cycle);
    }
    return after(lastBank, readable(rank) | rows.ready(cycle));
  }

  private static int after(int lastBank, long ready) {
    if (ready == 0) {
      return -1;
    }
    long after = ready & (-2L << lastBank);
    return Long.numberOfTrailingZeros(after != 0 ? after : ready);
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
    for (int r = 0; r < geometry.ranks; r++) {
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

  /** A lower bound of the next cycle at which {@link #choose} finds a bank. */
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
