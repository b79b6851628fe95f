// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** Accesses that wait to be dealt to the banks, first in, first out, as runs of one row. */
final class RunQueue {
  private final int capacity;
  private final int[] bank;
  private final int[] row;
  private final int[] column;
  private final int[] count;
  private final int[] slot;
  private int runs;
  private int accesses;

  RunQueue(int capacity) {
    this.capacity = capacity;
    bank = new int[capacity];
    row = new int[capacity];
    column = new int[capacity];
    count = new int[capacity];
    slot = new int[capacity];
  }

  /** Accesses that fit. */
  int room() {
    return capacity - accesses;
  }

  /** Accesses that wait. */
  int accesses() {
    return accesses;
  }

  /** Runs that wait. */
  int runs() {
    return runs;
  }

  /** Bank of a run. */
  int bank(int run) {
    return bank[run];
  }

  /** Row of a run. */
  int row(int run) {
    return row[run];
  }

  /** Next column of a run. */
  int column(int run) {
    return column[run];
  }

  /** Accesses left of a run. */
  int count(int run) {
    return count[run];
  }

  /** Slot of a run. */
  int slot(int run) {
    return slot[run];
  }

  /** Appends consecutive accesses. */
  void append(int ofBank, int ofRow, int firstColumn, int accessCount, int ofSlot) {
    accesses += accessCount;
    int last = runs - 1;
    if (last >= 0
        && slot[last] == ofSlot
        && bank[last] == ofBank
        && row[last] == ofRow
        && column[last] + count[last] == firstColumn) {
      count[last] += accessCount;
      return;
    }
    bank[runs] = ofBank;
    row[runs] = ofRow;
    column[runs] = firstColumn;
    count[runs] = accessCount;
    slot[runs] = ofSlot;
    runs++;
  }

  /** Takes accesses from the front of a run. */
  void take(int run, int accessCount) {
    accesses -= accessCount;
    column[run] += accessCount;
    count[run] -= accessCount;
    if (count[run] == 0) {
      runs--;
      for (int i = run; i < runs; i++) {
        bank[i] = bank[i + 1];
        row[i] = row[i + 1];
        column[i] = column[i + 1];
        count[i] = count[i + 1];
        slot[i] = slot[i + 1];
      }
    }
  }

  /** Whether an access waits. */
  boolean holds(int ofBank, int ofRow, int ofColumn) {
    for (int i = 0; i < runs; i++) {
      if (bank[i] == ofBank
          && row[i] == ofRow
          && column[i] <= ofColumn
          && ofColumn < column[i] + count[i]) {
        return true;
      }
    }
    return false;
  }
}
