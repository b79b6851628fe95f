// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import neupims.api.hw.MemorySession;

/**
 * Work for the memory whose start is known but must not be offered yet, because something that
 * starts earlier may still turn up and request ports are first in, first out. Sorted by start, then
 * by the task's place in its stage, then by the work's place in the task: an order that does not
 * depend on when things became known.
 */
final class Outbox {
  private long[] from = new long[64];
  private int[] task = new int[64];
  private int[] group = new int[64];
  private int[] index = new int[64];
  private Offer[] offer = new Offer[64];
  private int head;
  private int tail;

  /** Announces work that starts in the given memory cycle. */
  void add(long cycle, int byTask, Offer by, int itsGroup, int itsIndex) {
    if (tail == from.length) {
      makeRoom();
    }
    int at = tail++;
    while (at > head && isAfter(at - 1, cycle, byTask, itsGroup, itsIndex)) {
      move(at - 1, at);
      at--;
    }
    from[at] = cycle;
    task[at] = byTask;
    group[at] = itsGroup;
    index[at] = itsIndex;
    offer[at] = by;
  }

  /** Start of the first work, {@link Long#MAX_VALUE} when there is none. */
  long firstFrom() {
    return head == tail ? Long.MAX_VALUE : from[head];
  }

  /** Submits everything with the earliest start. */
  void submitFirst(MemorySession memory) {
    long cycle = from[head];
    while (head < tail && from[head] == cycle) {
      Offer by = offer[head];
      offer[head] = null;
      by.submit(memory, group[head], index[head], cycle);
      head++;
    }
    if (head == tail) {
      head = 0;
      tail = 0;
    }
  }

  private boolean isAfter(int at, long cycle, int byTask, int itsGroup, int itsIndex) {
    if (from[at] != cycle) {
      return from[at] > cycle;
    }
    if (task[at] != byTask) {
      return task[at] > byTask;
    }
    return group[at] == itsGroup ? index[at] > itsIndex : group[at] > itsGroup;
  }

  private void move(int source, int target) {
    from[target] = from[source];
    task[target] = task[source];
    group[target] = group[source];
    index[target] = index[source];
    offer[target] = offer[source];
  }

  /** Moves everything to the front, into larger arrays when that is not enough. */
  private void makeRoom() {
    int room = head > from.length / 2 ? from.length : from.length * 2;
    from = Arrays.copyOf(Arrays.copyOfRange(from, head, tail), room);
    task = Arrays.copyOf(Arrays.copyOfRange(task, head, tail), room);
    group = Arrays.copyOf(Arrays.copyOfRange(group, head, tail), room);
    index = Arrays.copyOf(Arrays.copyOfRange(index, head, tail), room);
    offer = Arrays.copyOf(Arrays.copyOfRange(offer, head, tail), room);
    tail -= head;
    head = 0;
  }
}
