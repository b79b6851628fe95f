// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** Reads of a channel between acceptance and last data, when a memory limits them. */
final class InFlight {
  private final int limit;
  private final long[] done;
  private int first;
  private int issued;
  private int waiting;

  /** At most {@code limit} reads, 0 for any number. */
  InFlight(int limit) {
    this.limit = limit;
    done = new long[Math.max(1, limit)];
  }

  /** Reads that may still be accepted in the given cycle. */
  int room(long cycle) {
    if (limit == 0) {
      return Integer.MAX_VALUE;
    }
    while (issued > 0 && done[first] <= cycle) {
      first = first + 1 == limit ? 0 : first + 1;
      issued--;
    }
    return limit - issued - waiting;
  }

  /** Takes over another channel's reads. */
  void copyFrom(InFlight other) {
    first = other.first;
    issued = other.issued;
    waiting = other.waiting;
    System.arraycopy(other.done, 0, done, 0, done.length);
  }

  /** Adds the reads to an image, those that are done and not yet forgotten, too: {@link #full}. */
  void show(Image image) {
    if (limit > 0) {
      image.add(waiting);
      image.add(issued);
      for (int i = 0; i < issued; i++) {
        image.addTime(done[(first + i) % limit]);
      }
    }
  }

  /** Notes accepted reads. */
  void start(int reads) {
    if (limit > 0) {
      waiting += reads;
    }
  }

  /** Notes that a read was issued and when its data is there. */
  void issued(long cycle) {
    if (limit > 0) {
      int at = first + issued;
      done[at < limit ? at : at - limit] = cycle;
      issued++;
      waiting--;
    }
  }

  /** Whether there is a limit. */
  boolean limited() {
    return limit > 0;
  }

  /** Whether nothing may be accepted before {@link #nextDone}. */
  boolean full() {
    return limit > 0 && issued + waiting >= limit;
  }

  /** When the next read is done, if one has been issued. */
  long nextDone() {
    return issued > 0 ? done[first] : Long.MAX_VALUE;
  }
}
