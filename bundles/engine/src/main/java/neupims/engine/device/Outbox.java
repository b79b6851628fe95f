// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.Transfer;

/**
 * Work for the memory whose start is known but must not be offered yet, because something that
 * starts earlier may still turn up and request ports are first in, first out. Sorted by start, then
 * by the task's place in its stage, then by arrival here.
 */
final class Outbox {
  private long[] from = new long[64];
  private Object[] work = new Object[64];
  private int[] task = new int[64];
  private int[] firstSlot = new int[64];
  private int[] slots = new int[64];
  private int head;
  private int tail;

  /** Adds slots of a transfer that all start in the given memory cycle. */
  void add(Transfer transfer, int first, int count, long cycle, int byTask) {
    int at = place(cycle, byTask);
    if (at > head
        && work[at - 1] == transfer
        && from[at - 1] == cycle
        && firstSlot[at - 1] + slots[at - 1] == first) {
      slots[at - 1] += count;
    } else {
      insert(at, transfer, first, count, cycle, byTask);
    }
  }

  /** Adds GEMVs that start in the given memory cycle. */
  void add(GemvBatch batch, long cycle, int byTask) {
    insert(place(cycle, byTask), batch, 0, 0, cycle, byTask);
  }

  /** Start of the first work, {@link Long#MAX_VALUE} when there is none. */
  long firstFrom() {
    return head == tail ? Long.MAX_VALUE : from[head];
  }

  /** Submits everything with the earliest start. */
  void submitFirst(MemorySession memory) {
    long cycle = from[head];
    while (head < tail && from[head] == cycle) {
      if (work[head] instanceof Transfer transfer) {
        memory.submit(transfer, firstSlot[head], slots[head]);
      } else {
        memory.submit((GemvBatch) work[head], cycle);
      }
      work[head++] = null;
    }
    if (head == tail) {
      head = 0;
      tail = 0;
    }
  }

  private int place(long cycle, int byTask) {
    int at = tail;
    while (at > head
        && (from[at - 1] > cycle || (from[at - 1] == cycle && task[at - 1] > byTask))) {
      at--;
    }
    return at;
  }

  private void insert(int at, Object what, int first, int count, long cycle, int byTask) {
    if (tail == from.length) {
      at -= makeRoom();
    }
    int moved = tail - at;
    System.arraycopy(from, at, from, at + 1, moved);
    System.arraycopy(work, at, work, at + 1, moved);
    System.arraycopy(task, at, task, at + 1, moved);
    System.arraycopy(firstSlot, at, firstSlot, at + 1, moved);
    System.arraycopy(slots, at, slots, at + 1, moved);
    from[at] = cycle;
    work[at] = what;
    task[at] = byTask;
    firstSlot[at] = first;
    slots[at] = count;
    tail++;
  }

  /** Moves everything to the front, grows when that is not enough, and returns the distance. */
  private int makeRoom() {
    int moved = head;
    int room = head > from.length / 2 ? from.length : from.length * 2;
    from = Arrays.copyOf(Arrays.copyOfRange(from, head, tail), room);
    work = Arrays.copyOf(Arrays.copyOfRange(work, head, tail), room);
    task = Arrays.copyOf(Arrays.copyOfRange(task, head, tail), room);
    firstSlot = Arrays.copyOf(Arrays.copyOfRange(firstSlot, head, tail), room);
    slots = Arrays.copyOf(Arrays.copyOfRange(slots, head, tail), room);
    tail -= head;
    head = 0;
    return moved;
  }
}
