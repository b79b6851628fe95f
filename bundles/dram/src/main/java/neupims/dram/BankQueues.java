// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Column commands that wait at the banks of a channel, first in, first out, as runs: consecutive
 * columns of one row for one slot. A run is named by a number that stays its own until a run of the
 * same bank ends.
 */
final class BankQueues {
  /** Not a run. */
  static final int NONE = -1;

  /** Slot of a run of writes, which are acknowledged long before. */
  static final int WRITE = -1;

  private static final int BUCKETS = 256;

  private final int capacity;
  private final int shift;
  private final int mask;
  private final int[] row;
  private final int[] head;
  private final int[] runs;
  private final int[] writes;
  private final byte[] rowsOfBucket;
  private long waiting;
  private long full;

  /** Column behind the last one of each run. */
  private final int[] end;

  /** Columns left of each run. */
  final int[] count;

  /** Accesses that wait at each bank. */
  final int[] accesses;

  /** Place of each run in the order in which the channel's runs came to the banks. */
  final long[] age;

  private long runsSeen;

  /** Slot of each run, {@link #WRITE} for writes. */
  final int[] slot;

  BankQueues(int banks, int capacity) {
    this.capacity = capacity;
    shift = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, capacity - 1));
    mask = (1 << shift) - 1;
    int entries = banks << shift;
    row = new int[entries];
    end = new int[entries];
    count = new int[entries];
    slot = new int[entries];
    age = new long[entries];
    head = new int[banks];
    runs = new int[banks];
    accesses = new int[banks];
    writes = new int[banks];
    rowsOfBucket = new byte[banks * BUCKETS];
  }

  /** Takes over another channel's queues. */
  void copyFrom(BankQueues other) {
    System.arraycopy(other.head, 0, head, 0, head.length);
    System.arraycopy(other.runs, 0, runs, 0, runs.length);
    System.arraycopy(other.writes, 0, writes, 0, writes.length);
    System.arraycopy(other.accesses, 0, accesses, 0, accesses.length);
    System.arraycopy(other.rowsOfBucket, 0, rowsOfBucket, 0, rowsOfBucket.length);
    waiting = other.waiting;
    runsSeen = other.runsSeen;
    full = other.full;
    for (long m = waiting; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      for (int p = 0; p < runs[bank]; p++) {
        int run = at(bank, p);
        row[run] = other.row[run];
        end[run] = other.end[run];
        count[run] = other.count[run];
        slot[run] = other.slot[run];
        age[run] = other.age[run];
      }
    }
  }

  /** Adds what waits to an image. */
  void show(Image image, SlotTable slots) {
    image.add(waiting);
    for (long m = waiting; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      image.add(runs[bank]);
      for (int p = 0; p < runs[bank]; p++) {
        int run = at(bank, p);
        image.add(row[run]);
        image.add(end[run]);
        image.add(count[run]);
        image.add(runsSeen - age[run]);
        slots.show(image, slot[run]);
      }
    }
  }

  /** A number that is the same for queues of the same runs. */
  long hash() {
    long hash = waiting;
    for (long m = waiting; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      int front = front(bank);
      int back = back(bank);
      hash = (hash * 31 + row[front]) * 31 + runsSeen - age[front];
      hash = (hash * 31 + row[back]) * 31 + accesses[bank];
    }
    return hash;
  }

  private int at(int bank, int position) {
    return (bank << shift) | ((head[bank] + position) & mask);
  }

  private static int bucket(int bank, int ofRow) {
    return bank * BUCKETS + (ofRow & (BUCKETS - 1));
  }

  /** Banks at which something waits. */
  long waiting() {
    return waiting;
  }

  /** Banks whose queue can take no more. */
  long full() {
    return full;
  }

  /** Whether a bank's queue can take no more. */
  boolean isFull(int bank) {
    return (full >>> bank & 1) != 0;
  }

  /** Accesses that a bank's queue can still take. */
  int room(int bank) {
    return capacity - accesses[bank];
  }

  /** Runs that wait at a bank. */
  int runs(int bank) {
    return runs[bank];
  }

  /** Whether writes wait at a bank. */
  boolean hasWrites(int bank) {
    return writes[bank] > 0;
  }

  /** The first run of a bank that has one. */
  int front(int bank) {
    return (bank << shift) | head[bank];
  }

  /** The last run of a bank that has one. */
  int back(int bank) {
    return at(bank, runs[bank] - 1);
  }

  /** The run behind another one, or {@link #NONE}. */
  int after(int bank, int run) {
    int position = (run - head[bank]) & mask;
    return position + 1 < runs[bank] ? at(bank, position + 1) : NONE;
  }

  /** Whether a run of a bank waits before another one. */
  boolean isBefore(int bank, int run, int other) {
    return ((run - head[bank]) & mask) < ((other - head[bank]) & mask);
  }

  /** Next column of a run. */
  int column(int run) {
    return end[run] - count[run];
  }

  /** Row of a run. */
  int row(int run) {
    return row[run];
  }

  /** Whether an access would lengthen a bank's last run. */
  boolean continues(int bank, int ofRow, int firstColumn, int ofSlot) {
    if (runs[bank] == 0) {
      return false;
    }
    int last = back(bank);
    return row[last] == ofRow && slot[last] == ofSlot && end[last] == firstColumn;
  }

  /**
   * Appends consecutive accesses.
   *
   * @return whether they are a run of their own and not more of the last one
   */
  boolean append(int bank, int ofRow, int firstColumn, int accessCount, int ofSlot) {
    accesses[bank] += accessCount;
    if (accesses[bank] == capacity) {
      full |= 1L << bank;
    }
    if (ofSlot == WRITE) {
      writes[bank] += accessCount;
    }
    if (continues(bank, ofRow, firstColumn, ofSlot)) {
      int last = back(bank);
      count[last] += accessCount;
      end[last] += accessCount;
      return false;
    }
    int next = at(bank, runs[bank]);
    row[next] = ofRow;
    end[next] = firstColumn + accessCount;
    count[next] = accessCount;
    slot[next] = ofSlot;
    age[next] = runsSeen++;
    rowsOfBucket[bucket(bank, ofRow)]++;
    runs[bank]++;
    waiting |= 1L << bank;
    return true;
  }

  /** Notes that accesses have been taken from the given banks by {@link #count}. */
  void taken(long fromBanks) {
    full &= ~fromBanks;
  }

  /**
   * Takes the next accesses of a run.
   *
   * @return whether the run is now at its end, and gone
   */
  boolean take(int bank, int run, int taken) {
    accesses[bank] -= taken;
    full &= ~(1L << bank);
    if (slot[run] == WRITE) {
      writes[bank] -= taken;
    }
    count[run] -= taken;
    if (count[run] > 0) {
      return false;
    }
    remove(bank, run);
    return true;
  }

  private void remove(int bank, int run) {
    rowsOfBucket[bucket(bank, row[run])]--;
    for (int p = (run - head[bank]) & mask; p > 0; p--) {
      int to = at(bank, p);
      int from = at(bank, p - 1);
      row[to] = row[from];
      end[to] = end[from];
      count[to] = count[from];
      slot[to] = slot[from];
      age[to] = age[from];
    }
    head[bank] = (head[bank] + 1) & mask;
    if (--runs[bank] == 0) {
      waiting &= ~(1L << bank);
    }
  }

  /** The first run of a row, or {@link #NONE}. */
  int find(int bank, int ofRow) {
    if (rowsOfBucket[bucket(bank, ofRow)] == 0) {
      return NONE;
    }
    for (int p = 0; p < runs[bank]; p++) {
      if (row[at(bank, p)] == ofRow) {
        return at(bank, p);
      }
    }
    return NONE;
  }

  /** The first run of reads of a row behind another run, or {@link #NONE}. */
  int findRead(int bank, int ofRow, int behind) {
    for (int run = after(bank, behind); run != NONE; run = after(bank, run)) {
      if (row[run] == ofRow && slot[run] != WRITE) {
        return run;
      }
    }
    return NONE;
  }

  /** Whether an access waits at a bank. */
  boolean holds(int bank, int ofRow, int ofColumn, boolean write) {
    if (rowsOfBucket[bucket(bank, ofRow)] == 0) {
      return false;
    }
    for (int p = 0; p < runs[bank]; p++) {
      int run = at(bank, p);
      if (row[run] == ofRow
          && (slot[run] == WRITE) == write
          && end[run] - count[run] <= ofColumn
          && ofColumn < end[run]) {
        return true;
      }
    }
    return false;
  }

  /** Whether an access to a row may wait at a bank. */
  boolean holdsRow(int bank, int ofRow) {
    return rowsOfBucket[bucket(bank, ofRow)] != 0;
  }

  /** Whether a write to a row may wait at a bank. */
  boolean holdsWrite(int bank, int ofRow) {
    return writes[bank] > 0 && rowsOfBucket[bucket(bank, ofRow)] != 0;
  }
}
