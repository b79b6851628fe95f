// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.ControllerSpec;

/**
 * Writes that a controller has accepted and not dealt: they wait until the buffer is full, or long
 * enough and no access waits at any bank, and then leave together. Knows, too, which writes are
 * still under way behind it.
 */
final class WriteBuffer {
  private final RunQueue writes;
  private final int idle;
  private final BankQueues queues;
  private final DirtyRows dirty;

  /** Writes whose data is still to reach a bank: the buffered ones and those at the banks. */
  private int pending;

  private int draining;

  WriteBuffer(ControllerSpec controller, Geometry geometry, BankQueues queues, DirtyRows dirty) {
    writes = new RunQueue(controller.writeQueue(), geometry.banks);
    idle = controller.writeDrainIdle();
    this.queues = queues;
    this.dirty = dirty;
  }

  /** Takes over another channel's writes. */
  void copyFrom(WriteBuffer other) {
    writes.copyFrom(other.writes);
    dirty.copyFrom(other.dirty);
    pending = other.pending;
    draining = other.draining;
  }

  /** Adds the writes to an image. */
  void show(Image image, SlotTable slots) {
    writes.show(image, slots);
    image.add(pending);
    image.add(draining);
  }

  /** The writes, in order. */
  RunQueue writes() {
    return writes;
  }

  /** Whether a write to a row may be under way. */
  boolean meets(int bank, int row) {
    return pending > 0 && (writes.holdsRow(bank, row) || queues.holdsWrite(bank, row));
  }

  /** Whether a write of an access is under way. */
  boolean answers(int bank, int row, int column) {
    return writes.holds(bank, row, column) || queues.holds(bank, row, column, true);
  }

  /** Takes in the place of the same access's write, if that waits. */
  boolean replaces(int bank, int row, int column) {
    if (!writes.holds(bank, row, column)) {
      return false;
    }
    dirty.remove(row, 1);
    return true;
  }

  /** Takes in consecutive writes. */
  void append(int bank, int row, int column, int count) {
    writes.append(bank, row, column, count, BankQueues.WRITE);
    pending += count;
  }

  /**
   * Writes that fit, and no more than it takes, to the end of the cycle, to begin a drain.
   *
   * @param offers accesses a cycle
   * @param offerAt place of the next one: cycle x offers + those before it in the cycle
   */
  int most(int offers, long offerAt) {
    int begin = idle + 1 - writes.accesses();
    if (draining > 0 || queues.waiting() != 0 || begin <= 0) {
      return writes.room();
    }
    int ofCycle = (int) ((offers - (offerAt + begin) % offers) % offers);
    return Math.min(writes.room(), begin + ofCycle);
  }

  /** Whether the writes are to leave, or are leaving. */
  boolean drains() {
    return draining > 0 || isDue();
  }

  private boolean isDue() {
    int waiting = writes.accesses();
    return waiting > 0 && (writes.room() == 0 || (waiting > idle && queues.waiting() == 0));
  }

  /** Whether writes leave; those that wait when it begins do. */
  boolean drain() {
    if (draining == 0 && isDue()) {
      draining = writes.accesses();
    }
    return draining > 0;
  }

  /** Whether writes have begun to leave. */
  boolean draining() {
    return draining > 0;
  }

  /** Writes of a run that may be dealt now: not past an access for which a read waits. */
  int mayLeave(int run, RunQueue reads) {
    int bank = writes.bank(run);
    int row = writes.row(run);
    int count = Math.min(draining, writes.count(run));
    if (!reads.holdsRow(bank, row) && !queues.holdsRow(bank, row)) {
      return count;
    }
    int first = writes.column(run);
    int free = 0;
    while (free < count
        && !reads.holds(bank, row, first + free)
        && !queues.holds(bank, row, first + free, false)) {
      free++;
    }
    return free;
  }

  /** Notes that writes have left for a bank. */
  void left(int count) {
    draining -= count;
  }

  /** The rest stays for now. */
  void stop() {
    draining = 0;
  }

  /** Writes to a row have reached the array. */
  void wrote(int row, int count) {
    pending -= count;
    dirty.remove(row, count);
  }
}
