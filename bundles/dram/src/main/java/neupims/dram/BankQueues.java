// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Column commands that wait at the banks of a channel, first in, first out, as runs: consecutive
 * columns of one row for one slot. Position {@code p} of bank {@code b} is the {@code p}-th run
 * from the front.
 */
final class BankQueues {
  /** Not a run. */
  static final int NONE = -1;

  /** Slot of a run of writes, which are acknowledged long before. */
  static final int WRITE = -1;

  private final int capacity;
  private final int shift;
  private final int mask;
  private final int[] row;
  private final int[] column;
  private final int[] count;
  private final int[] slot;
  private final int[] head;
  private final int[] runs;
  private final int[] accesses;
  private final int[] writes;
  private long waiting;

  BankQueues(int banks, int capacity) {
    this.capacity = capacity;
    shift = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, capacity - 1));
    mask = (1 << shift) - 1;
    int entries = banks << shift;
    row = new int[entries];
    column = new int[entries];
    count = new int[entries];
    slot = new int[entries];
    head = new int[banks];
    runs = new int[banks];
    accesses = new int[banks];
    writes = new int[banks];
  }

  private int at(int bank, int position) {
    return (bank << shift) | ((head[bank] + position) & mask);
  }

  /** Banks at which something waits. */
  long waiting() {
    return waiting;
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

  /** Row of a run. */
  int row(int bank, int position) {
    return row[at(bank, position)];
  }

  /** Next column of a run. */
  int column(int bank, int position) {
    return column[at(bank, position)];
  }

  /** Columns of a run. */
  int count(int bank, int position) {
    return count[at(bank, position)];
  }

  /** Slot of a run, {@link #WRITE} for writes. */
  int slot(int bank, int position) {
    return slot[at(bank, position)];
  }

  /**
   * Appends consecutive accesses.
   *
   * @return whether they are a run of their own and not more of the last one
   */
  boolean append(int bank, int ofRow, int firstColumn, int accessCount, int ofSlot) {
    accesses[bank] += accessCount;
    if (ofSlot == WRITE) {
      writes[bank] += accessCount;
    }
    if (runs[bank] > 0) {
      int last = at(bank, runs[bank] - 1);
      if (row[last] == ofRow && slot[last] == ofSlot && column[last] + count[last] == firstColumn) {
        count[last] += accessCount;
        return false;
      }
    }
    int next = at(bank, runs[bank]);
    row[next] = ofRow;
    column[next] = firstColumn;
    count[next] = accessCount;
    slot[next] = ofSlot;
    runs[bank]++;
    waiting |= 1L << bank;
    return true;
  }

  /**
   * Takes the next access of a run.
   *
   * @return whether the run is now at its end, and gone
   */
  boolean take(int bank, int position) {
    int run = at(bank, position);
    accesses[bank]--;
    if (slot[run] == WRITE) {
      writes[bank]--;
    }
    column[run]++;
    if (--count[run] > 0) {
      return false;
    }
    remove(bank, position);
    return true;
  }

  private void remove(int bank, int position) {
    for (int p = position; p > 0; p--) {
      int to = at(bank, p);
      int from = at(bank, p - 1);
      row[to] = row[from];
      column[to] = column[from];
      count[to] = count[from];
      slot[to] = slot[from];
    }
    head[bank] = (head[bank] + 1) & mask;
    if (--runs[bank] == 0) {
      waiting &= ~(1L << bank);
    }
  }

  /** Position of the first run of a row from a position on, or {@link #NONE}. */
  int find(int bank, int ofRow, int from) {
    for (int p = from; p < runs[bank]; p++) {
      if (row[at(bank, p)] == ofRow) {
        return p;
      }
    }
    return NONE;
  }

  /** Position of the first run of reads of a row from a position on, or {@link #NONE}. */
  int findRead(int bank, int ofRow, int from) {
    for (int p = from; p < runs[bank]; p++) {
      int run = at(bank, p);
      if (row[run] == ofRow && slot[run] != WRITE) {
        return p;
      }
    }
    return NONE;
  }

  /** Whether an access waits at a bank. */
  boolean holds(int bank, int ofRow, int ofColumn, boolean write) {
    for (int p = 0; p < runs[bank]; p++) {
      int run = at(bank, p);
      if (row[run] == ofRow
          && (slot[run] == WRITE) == write
          && column[run] <= ofColumn
          && ofColumn < column[run] + count[run]) {
        return true;
      }
    }
    return false;
  }
}
