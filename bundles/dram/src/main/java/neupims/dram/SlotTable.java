// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;
import neupims.api.hw.Transfer;

/** A channel's parts of transfer slots that are under way, by number. */
final class SlotTable {
  /** A part with at most so many accesses left is about to be done: ASSUMED. */
  static final int SMALL = 32;

  /** Accesses left of each part. */
  int[] left = new int[64];

  private Transfer[] transfer = new Transfer[64];
  private int[] slot = new int[64];

  private int[] size = new int[64];
  private int[] free = new int[64];
  private final int accessBytes;
  private int freeCount;
  private int used;
  private int open;
  private int small;

  /** Channels that all do the same as this one. */
  private int channels = 1;

  SlotTable(int accessBytes) {
    this.accessBytes = accessBytes;
  }

  /** The parts are those of so many channels, one of each. */
  void standFor(int count) {
    channels = count;
  }

  /** Takes over another channel's parts. */
  void copyFrom(SlotTable other) {
    while (slot.length < other.used) {
      grow();
    }
    int most = Math.max(used, other.used);
    used = other.used;
    freeCount = other.freeCount;
    open = other.open;
    small = other.small;
    System.arraycopy(other.free, 0, free, 0, freeCount);
    System.arraycopy(other.slot, 0, slot, 0, used);
    System.arraycopy(other.left, 0, left, 0, used);
    System.arraycopy(other.size, 0, size, 0, used);
    System.arraycopy(other.transfer, 0, transfer, 0, used);
    Arrays.fill(transfer, used, most, null);
  }

  /** Adds what a part belongs to to an image; its accesses left are those that wait somewhere. */
  void show(Image image, int number) {
    if (number == BankQueues.WRITE) {
      image.add(BankQueues.WRITE);
      return;
    }
    image.add(transfer[number]);
    image.add(slot[number]);
    image.add(size[number]);
  }

  /** Notes a part of a slot and returns its number. */
  int open(Transfer ofTransfer, int ofSlot, int accesses) {
    int number = freeCount > 0 ? free[--freeCount] : used++;
    if (number == slot.length) {
      grow();
    }
    transfer[number] = ofTransfer;
    slot[number] = ofSlot;
    left[number] = accesses;
    size[number] = accesses;
    open++;
    if (accesses <= SMALL) {
      small++;
    }
    return number;
  }

  private void grow() {
    int room = slot.length * 2;
    transfer = Arrays.copyOf(transfer, room);
    slot = Arrays.copyOf(slot, room);
    left = Arrays.copyOf(left, room);
    size = Arrays.copyOf(size, room);
    free = Arrays.copyOf(free, room);
  }

  /** Notes a read of a part that has arrived at the given cycle. */
  void read(int number, long cycle) {
    int after = left[number] - 1;
    if (after == SMALL || after == 0) {
      done(number, 1, cycle);
    } else {
      left[number] = after;
    }
  }

  /** Notes accesses of a part that are done at the given cycle at the latest. */
  void done(int number, int accesses, long cycle) {
    int before = left[number];
    int after = before - accesses;
    left[number] = after;
    if (before > SMALL && after <= SMALL) {
      small++;
    }
    if (after == 0) {
      Transfer whole = transfer[number];
      transfer[number] = null;
      free[freeCount++] = number;
      open--;
      small--;
      whole.complete(slot[number], size[number] * accessBytes * channels, cycle);
    }
  }

  /** Fewest accesses that any part still needs: a lower bound that costs little, at least 1. */
  int fewestLeft() {
    if (small > 0 || open > SMALL) {
      return 1;
    }
    int fewest = Integer.MAX_VALUE;
    for (int n = 0; n < used; n++) {
      if (transfer[n] != null) {
        fewest = Math.min(fewest, left[n]);
      }
    }
    return fewest;
  }

  /** Whether nothing is under way. */
  boolean idle() {
    return open == 0;
  }
}
