// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Transfer;

/**
 * Where a channel's requests wait for the controller, first in, first out. A slot is stored once
 * and cut into runs of one row when its turn comes.
 */
final class RequestPort {
  private final int channel;
  private final int channels;
  private final AddressMap map;
  private final Geometry geometry;
  private final SlotTable slots;

  private Transfer[] transfer = new Transfer[64];
  private int[] slot = new int[64];
  private int head;
  private int size;
  private int writes;

  private long startByte;
  private long endByte;
  private long chunk;
  private long lastChunk;
  private long fromCycle;
  private int number;
  private boolean write;
  private int bank;
  private int row;
  private int column;
  private int count;

  RequestPort(int channel, int channels, AddressMap map, Geometry geometry, SlotTable slots) {
    this.channel = channel;
    this.channels = channels;
    this.map = map;
    this.geometry = geometry;
    this.slots = slots;
  }

  /** Appends a slot that touches this channel. */
  void add(Transfer ofTransfer, int ofSlot) {
    if (size == slot.length) {
      grow();
    }
    int at = (head + size) & (slot.length - 1);
    transfer[at] = ofTransfer;
    slot[at] = ofSlot;
    size++;
    if (ofTransfer.write()) {
      writes++;
    }
    if (count == 0) {
      nextRun();
    }
  }

  private void grow() {
    int room = slot.length * 2;
    Transfer[] transfers = new Transfer[room];
    int[] numbers = new int[room];
    for (int i = 0; i < size; i++) {
      transfers[i] = transfer[(head + i) & (slot.length - 1)];
      numbers[i] = slot[(head + i) & (slot.length - 1)];
    }
    transfer = transfers;
    slot = numbers;
    head = 0;
  }

  /** Makes the next run the current one; there is none when {@link #count()} is 0. */
  private void nextRun() {
    if (chunk + channels <= lastChunk) {
      chunk += channels;
      cut();
    } else if (size > 0) {
      openSlot();
    } else {
      lastChunk = Long.MIN_VALUE;
    }
  }

  private void openSlot() {
    Transfer current = transfer[head];
    int at = slot[head];
    transfer[head] = null;
    head = (head + 1) & (slot.length - 1);
    size--;
    write = current.write();
    if (write) {
      writes--;
    }
    fromCycle = current.fromCycle(at);
    long first = map.chunk(current.address(at));
    lastChunk = map.chunk(current.address(at) + current.bytes(at) - 1);
    chunk = first + Math.floorMod(channel - map.channel(first), channels);
    startByte = current.address(at);
    endByte = startByte + current.bytes(at);
    int accesses = 0;
    for (long c = chunk; c <= lastChunk; c += channels) {
      accesses += accessesOf(c);
    }
    number = slots.open(current, at, accesses);
    cut();
  }

  private int firstColumn(long ofChunk) {
    return map.chunk(startByte) == ofChunk ? map.offset(startByte) / geometry.accessBytes : 0;
  }

  private int accessesOf(long ofChunk) {
    int end =
        map.chunk(endByte - 1) == ofChunk
            ? map.offset(endByte - 1) / geometry.accessBytes + 1
            : geometry.columns;
    return end - firstColumn(ofChunk);
  }

  private void cut() {
    bank = map.bank(chunk);
    row = map.row(chunk);
    column = firstColumn(chunk);
    count = accessesOf(chunk);
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

  /** Takes accesses from the current run. */
  void take(int accesses) {
    column += accesses;
    count -= accesses;
    if (count == 0) {
      nextRun();
    }
  }

  /**
   * Whether the next accesses can be taken one like the other: reads that are offered by the given
   * cycle, as many as wanted or all that there are.
   */
  boolean isPlain(long cycle, int wanted) {
    if (count == 0) {
      return true;
    }
    if (write || fromCycle > cycle) {
      return false;
    }
    int ahead = count;
    for (long c = chunk + channels; c <= lastChunk && ahead < wanted; c += channels) {
      ahead += accessesOf(c);
    }
    for (int i = 0; i < size && ahead < wanted; i++) {
      int at = (head + i) & (slot.length - 1);
      if (transfer[at].write() || transfer[at].fromCycle(slot[at]) > cycle) {
        return false;
      }
      ahead++;
    }
    return true;
  }

  /** Whether writes wait, in the current slot or behind it. */
  boolean holdsWrites() {
    return writes > 0 || (count > 0 && write);
  }

  /** Slots behind the current one. */
  int waiting() {
    return size;
  }
}
