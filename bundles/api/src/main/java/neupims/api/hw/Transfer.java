// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Arrays;

/**
 * An ordered list of byte ranges to read or write, its slots. The engine adds slots and submits
 * them; a {@link MemorySession} completes them. A slot is done when the last data of a read has
 * arrived or the last access of a write has been accepted. Not thread-safe: belongs to one
 * simulation.
 */
public final class Transfer {
  private final boolean write;
  private long[] fromCycle;
  private long[] address;
  private int[] bytes;
  private long[] doneCycle;
  private int[] pendingBytes;
  private int slots;
  private int doneSlots;
  private long lastDoneCycle = -1;

  /**
   * An empty list of reads or of writes with room for {@code expectedSlots} before it has to grow.
   */
  public Transfer(boolean write, int expectedSlots) {
    this.write = write;
    int room = Math.max(4, expectedSlots);
    fromCycle = new long[room];
    address = new long[room];
    bytes = new int[room];
    doneCycle = new long[room];
    pendingBytes = new int[room];
  }

  /**
   * Appends a slot.
   *
   * @param from memory cycle from which it is offered to the controllers, not before the session's
   *     time
   * @param byteAddress device byte address, a multiple of the access size
   * @param byteCount length, a positive multiple of the access size
   * @return the slot's index
   */
  public int add(long from, long byteAddress, int byteCount) {
    if (slots == bytes.length) {
      grow();
    }
    fromCycle[slots] = from;
    address[slots] = byteAddress;
    bytes[slots] = byteCount;
    pendingBytes[slots] = byteCount;
    doneCycle[slots] = -1;
    return slots++;
  }

  /** Records that part of a slot is done; the slot is when all its bytes are. For memory models. */
  public void complete(int slot, int byteCount, long cycle) {
    doneCycle[slot] = Math.max(doneCycle[slot], cycle);
    pendingBytes[slot] -= byteCount;
    if (pendingBytes[slot] == 0) {
      doneSlots++;
      lastDoneCycle = Math.max(lastDoneCycle, doneCycle[slot]);
    }
  }

  /** Whether these are writes. */
  public boolean write() {
    return write;
  }

  /** Number of slots added. */
  public int slots() {
    return slots;
  }

  /** Number of slots done. */
  public int doneSlots() {
    return doneSlots;
  }

  /** Whether every slot added so far is done. */
  public boolean done() {
    return doneSlots == slots;
  }

  /**
   * Whether the slot is done (the cycle of its completion may still lie ahead of the session's
   * time).
   */
  public boolean done(int slot) {
    return pendingBytes[slot] == 0;
  }

  /** Memory cycle at which the slot was done; meaningless before {@link #done(int)}. */
  public long doneCycle(int slot) {
    return doneCycle[slot];
  }

  /** The latest completion so far, -1 when there is none. */
  public long lastDoneCycle() {
    return lastDoneCycle;
  }

  /** Memory cycle from which the slot is offered. */
  public long fromCycle(int slot) {
    return fromCycle[slot];
  }

  /** Byte address of the slot. */
  public long address(int slot) {
    return address[slot];
  }

  /** Length of the slot in bytes. */
  public int bytes(int slot) {
    return bytes[slot];
  }

  private void grow() {
    int room = slots * 2;
    fromCycle = Arrays.copyOf(fromCycle, room);
    address = Arrays.copyOf(address, room);
    bytes = Arrays.copyOf(bytes, room);
    doneCycle = Arrays.copyOf(doneCycle, room);
    pendingBytes = Arrays.copyOf(pendingBytes, room);
  }
}
