// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;

/** A set of cycles as spans, in any order and overlapping until they are counted. */
final class Spans {
  private long[] from = new long[64];
  private long[] to = new long[64];
  private int count;

  /** Adds the cycles from one up to another; nothing if there are none. */
  void add(long first, long end) {
    if (end <= first) {
      return;
    }
    int last = count - 1;
    if (count > 0 && first >= from[last] && first <= to[last]) {
      to[last] = Math.max(to[last], end);
      return;
    }
    if (count == from.length) {
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
    }
    from[count] = first;
    to[count++] = end;
  }

  /** Adds all cycles of another set. */
  void addAll(Spans other) {
    for (int i = 0; i < other.count; i++) {
      add(other.from[i], other.to[i]);
    }
  }

  /** Forgets everything. */
  void clear() {
    count = 0;
  }

  /** How many different cycles lie within the given ones. */
  long within(long first, long end) {
    sort();
    long cycles = 0;
    long counted = first;
    for (int i = 0; i < count; i++) {
      long begin = Math.max(counted, from[i]);
      long stop = Math.min(end, to[i]);
      if (stop > begin) {
        cycles += stop - begin;
        counted = stop;
      }
    }
    return cycles;
  }

  /** The end of the last one, not past the given cycle; {@code first} if there is none. */
  long last(long first, long end) {
    long last = first;
    for (int i = 0; i < count; i++) {
      last = Math.max(last, to[i]);
    }
    return Math.min(last, end);
  }

  /** By begin. Spans come nearly in order, so that each moves a few places at most. */
  private void sort() {
    for (int i = 1; i < count; i++) {
      long f = from[i];
      long t = to[i];
      int at = i;
      while (at > 0 && from[at - 1] > f) {
        from[at] = from[at - 1];
        to[at] = to[at - 1];
        at--;
      }
      from[at] = f;
      to[at] = t;
    }
  }
}
