// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;
import neupims.api.hw.Transfer;

/**
 * Where a channel's requests wait for the controller, first in, first out. A slot's part is stored
 * once and cut into runs of one row when its turn comes; the current run is the first that waits.
 */
final class RequestPort {
  private final AddressMap map;
  private final int banks;
  private final int columns;
  private final SlotTable slots;
  private final DirtyRows dirty;

  private Transfer[] transfer = new Transfer[64];
  private int[] slot = new int[64];
  private long[] chunk = new long[64];
  private int[] firstColumn = new int[64];
  private int[] accesses = new int[64];
  private boolean[] suspect = new boolean[64];
  private int head;
  private int size;
  private int writes;
  private int suspects;

  /** Sum over the slots behind the current one. */
  private long waitingHash;

  /** Reads in the slots behind the current one that come before the first write among these. */
  private int readsBehind;

  private boolean currentSuspect;

  private long fromCycle;
  private int number;
  private boolean write;
  private int left;
  private int bank;
  private int row;
  private int column;
  private int count;

  RequestPort(AddressMap map, Geometry geometry, SlotTable slots, DirtyRows dirty) {
    this.map = map;
    this.dirty = dirty;
    this.slots = slots;
    banks = geometry.banks;
    columns = geometry.columns;
  }

  /**
   * Appends a slot's part.
   *
   * @param firstChunk its first chunk of the channel
   * @param start first column in that chunk
   * @param length accesses, in that chunk and those that follow
   */
  void add(Transfer ofTransfer, int ofSlot, long firstChunk, int start, int length) {
    if (size == slot.length) {
      grow();
    }
    int at = at(size);
    transfer[at] = ofTransfer;
    slot[at] = ofSlot;
    chunk[at] = firstChunk;
    firstColumn[at] = start;
    accesses[at] = length;
    size++;
    waitingHash += hash(at);
    if (ofTransfer.write()) {
      writes++;
      dirty.add(firstChunk, start, length);
    } else if (writes == 0) {
      readsBehind += length;
    }
    suspect[at] = !ofTransfer.write() && dirty.meets(firstChunk, start, length);
    if (suspect[at]) {
      suspects++;
    }
    if (count == 0) {
      openSlot();
    }
  }

  /** Takes over another channel's requests. */
  void copyFrom(RequestPort other) {
    while (slot.length < other.slot.length) {
      grow();
    }
    Arrays.fill(transfer, null);
    head = 0;
    size = 0;
    for (int i = 0; i < other.size; i++) {
      int from = other.at(i);
      transfer[i] = other.transfer[from];
      slot[i] = other.slot[from];
      chunk[i] = other.chunk[from];
      firstColumn[i] = other.firstColumn[from];
      accesses[i] = other.accesses[from];
      suspect[i] = other.suspect[from];
    }
    size = other.size;
    writes = other.writes;
    suspects = other.suspects;
    waitingHash = other.waitingHash;
    readsBehind = other.readsBehind;
    currentSuspect = other.currentSuspect;
    fromCycle = other.fromCycle;
    number = other.number;
    write = other.write;
    left = other.left;
    bank = other.bank;
    row = other.row;
    column = other.column;
    count = other.count;
  }

  /** Adds what waits to an image. */
  void show(Image image) {
    image.add(count);
    image.add(size);
    image.add(suspects);
    if (count == 0) {
      return;
    }
    slots.show(image, number);
    image.add(left);
    image.add(bank);
    image.add(row);
    image.add(column);
    for (int i = 0; i < size; i++) {
      int from = at(i);
      image.add(transfer[from]);
      image.add(slot[from]);
      image.add(chunk[from]);
      image.add(firstColumn[from]);
      image.add(accesses[from]);
    }
  }

  /** A number that is the same for ports of the same requests. */
  long hash() {
    return count == 0 ? 0 : ((waitingHash * 31 + count) * 31 + bank) * 31 + row;
  }

  private int at(int position) {
    return (head + position) & (slot.length - 1);
  }

  private void grow() {
    int old = slot.length;
    transfer = Arrays.copyOf(transfer, old * 2);
    slot = Arrays.copyOf(slot, old * 2);
    chunk = Arrays.copyOf(chunk, old * 2);
    firstColumn = Arrays.copyOf(firstColumn, old * 2);
    accesses = Arrays.copyOf(accesses, old * 2);
    suspect = Arrays.copyOf(suspect, old * 2);
    System.arraycopy(transfer, 0, transfer, old, head);
    System.arraycopy(slot, 0, slot, old, head);
    System.arraycopy(chunk, 0, chunk, old, head);
    System.arraycopy(firstColumn, 0, firstColumn, old, head);
    System.arraycopy(accesses, 0, accesses, old, head);
    System.arraycopy(suspect, 0, suspect, old, head);
  }

  private long hash(int at) {
    return (chunk[at] * 31 + slot[at]) * 0x9E3779B97F4A7C15L + accesses[at];
  }

  private void openSlot() {
    Transfer current = transfer[head];
    transfer[head] = null;
    write = current.write();
    if (write) {
      writes--;
    }
    waitingHash -= hash(head);
    fromCycle = current.fromCycle(slot[head]);
    number = slots.open(current, slot[head], accesses[head]);
    left = accesses[head];
    currentSuspect = suspect[head];
    bank = map.bank(chunk[head]);
    row = map.row(chunk[head]);
    column = firstColumn[head];
    head = (head + 1) & (slot.length - 1);
    size--;
    if (write) {
      countReadsBehind();
    } else {
      readsBehind -= left;
    }
    cut();
  }

  private void countReadsBehind() {
    readsBehind = 0;
    for (int i = 0; i < size; i++) {
      int at = at(i);
      if (transfer[at].write()) {
        return;
      }
      readsBehind += accesses[at];
    }
  }

  private void cut() {
    count = Math.min(left, columns - column);
    left -= count;
  }

  /** Takes accesses from the current run. */
  void take(int taken) {
    column += taken;
    count -= taken;
    if (count > 0) {
      return;
    }
    if (left == 0 && currentSuspect) {
      currentSuspect = false;
      suspects--;
    }
    if (left > 0) {
      column = 0;
      if (++bank == banks) {
        bank = 0;
        row++;
      }
      cut();
    } else if (size > 0) {
      openSlot();
    }
  }

  /** Cycle from which the current run is offered, {@link Long#MAX_VALUE} when there is none. */
  long fromCycle() {
    return count == 0 ? Long.MAX_VALUE : fromCycle;
  }

  /** Whether the current run is of writes. */
  boolean write() {
    return write;
  }

  /** Bank of the current run. */
  int bank() {
    return bank;
  }

  /** Row of the current run. */
  int row() {
    return row;
  }

  /** Next column of the current run. */
  int column() {
    return column;
  }

  /** Accesses left of the current run, 0 when nothing waits. */
  int count() {
    return count;
  }

  /** Slot number of the current run. */
  int number() {
    return number;
  }

  /** Whether writes wait, in the current slot or behind it. */
  boolean holdsWrites() {
    return writes > 0 || (count > 0 && write);
  }

  /** Reads that have to be accepted before the first write. */
  int readsBeforeWrite() {
    return write ? 0 : count + left + readsBehind;
  }

  /** Whether a read, in the current slot or behind it, may be answered by a write. */
  boolean holdsSuspects() {
    return suspects > 0;
  }

  /** Slots behind the current one. */
  int waiting() {
    return size;
  }
}
