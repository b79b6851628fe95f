// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Accesses that wait to be dealt to the banks, first in, first out, as runs of one row. Position
 * {@code p} is the {@code p}-th run from the front.
 */
final class RunQueue {
  private final int capacity;
  private final int mask;
  private final int[] bank;
  private final int[] row;
  private final int[] column;
  private final int[] count;
  private final int[] slot;
  private final int[] runsOf;
  private long banks;
  private int head;
  private int runs;
  private int accesses;

  RunQueue(int capacity, int banks) {
    this.capacity = capacity;
    int room = Integer.highestOneBit(Math.max(1, capacity - 1) * 2);
    mask = room - 1;
    bank = new int[room];
    row = new int[room];
    column = new int[room];
    count = new int[room];
    slot = new int[room];
    runsOf = new int[banks];
  }

  /** Takes over another channel's queue. */
  void copyFrom(RunQueue other) {
    System.arraycopy(other.runsOf, 0, runsOf, 0, runsOf.length);
    banks = other.banks;
    head = other.head;
    runs = other.runs;
    accesses = other.accesses;
    for (int p = 0; p < runs; p++) {
      int run = at(p);
      bank[run] = other.bank[run];
      row[run] = other.row[run];
      column[run] = other.column[run];
      count[run] = other.count[run];
      slot[run] = other.slot[run];
    }
  }

  /** Adds what waits to an image. */
  void show(Image image, SlotTable slots) {
    image.add(runs);
    for (int p = 0; p < runs; p++) {
      int run = at(p);
      image.add(bank[run]);
      image.add(row[run]);
      image.add(column[run]);
      image.add(count[run]);
      slots.show(image, slot[run]);
    }
  }

  /** A number that is the same for queues of the same runs. */
  long hash() {
    long hash = runs;
    for (int p = 0; p < runs; p++) {
      int run = at(p);
      hash = ((hash * 31 + bank[run]) * 31 + row[run]) * 31 + column[run] * 31L + count[run];
    }
    return hash;
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

  /** Banks of the runs that wait. */
  long banks() {
    return banks;
  }

  /** Position of the first run of none of the given banks, -1 if there is none. */
  int firstOutside(long excluded) {
    if ((banks & ~excluded) == 0) {
      return -1;
    }
    int position = 0;
    while ((excluded >>> bank[at(position)] & 1) != 0) {
      position++;
    }
    return position;
  }

  private int at(int position) {
    return (head + position) & mask;
  }

  /** Bank of a run. */
  int bank(int position) {
    return bank[at(position)];
  }

  /** Row of a run. */
  int row(int position) {
    return row[at(position)];
  }

  /** Next column of a run. */
  int column(int position) {
    return column[at(position)];
  }

  /** Accesses left of a run. */
  int count(int position) {
    return count[at(position)];
  }

  /** Slot of a run. */
  int slot(int position) {
    return slot[at(position)];
  }

  /** Appends consecutive accesses. */
  void append(int ofBank, int ofRow, int firstColumn, int accessCount, int ofSlot) {
    accesses += accessCount;
    if (runs > 0) {
      int last = at(runs - 1);
      if (slot[last] == ofSlot
          && bank[last] == ofBank
          && row[last] == ofRow
          && column[last] + count[last] == firstColumn) {
        count[last] += accessCount;
        return;
      }
    }
    int next = at(runs);
    bank[next] = ofBank;
    row[next] = ofRow;
    column[next] = firstColumn;
    count[next] = accessCount;
    slot[next] = ofSlot;
    runs++;
    if (runsOf[ofBank]++ == 0) {
      banks |= 1L << ofBank;
    }
  }

  /** Takes accesses from the front of a run. */
  void take(int position, int accessCount) {
    int run = at(position);
    accesses -= accessCount;
    column[run] += accessCount;
    count[run] -= accessCount;
    if (count[run] == 0) {
      if (--runsOf[bank[run]] == 0) {
        banks &= ~(1L << bank[run]);
      }
      remove(position);
    }
  }

  private void remove(int position) {
    for (int p = position; p > 0; p--) {
      int to = at(p);
      int from = at(p - 1);
      bank[to] = bank[from];
      row[to] = row[from];
      column[to] = column[from];
      count[to] = count[from];
      slot[to] = slot[from];
    }
    head = (head + 1) & mask;
    runs--;
  }

  /** Position of the first run of a bank, -1 if there is none. */
  int firstOf(int ofBank) {
    return (banks >>> ofBank & 1) == 0 ? -1 : firstOutside(~(1L << ofBank));
  }

  /** Whether an access waits. */
  boolean holds(int ofBank, int ofRow, int ofColumn) {
    if ((banks >>> ofBank & 1) == 0) {
      return false;
    }
    for (int p = 0; p < runs; p++) {
      int run = at(p);
      if (bank[run] == ofBank
          && row[run] == ofRow
          && column[run] <= ofColumn
          && ofColumn < column[run] + count[run]) {
        return true;
      }
    }
    return false;
  }

  /** Whether an access to a row waits. */
  boolean holdsRow(int ofBank, int ofRow) {
    if ((banks >>> ofBank & 1) == 0) {
      return false;
    }
    for (int p = 0; p < runs; p++) {
      int run = at(p);
      if (bank[run] == ofBank && row[run] == ofRow) {
        return true;
      }
    }
    return false;
  }
}
