// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * A device's front end that issues PIM instructions to one channel at a time: in each cycle the
 * first channel, in order, that takes one [R]. Channels are played one after the other, so a
 * channel finds the cycles that those before it have left.
 */
final class FrontEnd {
  private long origin;
  private long end;
  private long[] taken = new long[64];

  /** Forgets what was before the given cycle, from which on all cycles are free. */
  void open(long from, long until) {
    origin = from;
    end = until;
    int words = (int) ((until - from + Long.SIZE - 1) / Long.SIZE);
    if (words > taken.length) {
      taken = new long[words];
    } else {
      Arrays.fill(taken, 0, words, 0);
    }
  }

  /** Takes a cycle for an instruction if it is free. */
  boolean take(long cycle) {
    int index = (int) (cycle - origin);
    long bit = 1L << index;
    if ((taken[index >> 6] & bit) != 0) {
      return false;
    }
    taken[index >> 6] |= bit;
    return true;
  }

  /** The first free cycle from the given one on; the stretch's end when none is left in it. */
  long nextFree(long cycle) {
    if (cycle >= end) {
      return cycle;
    }
    int index = (int) Math.max(0, cycle - origin);
    int word = index >> 6;
    long free = ~taken[word] & (-1L << index);
    while (free == 0 && origin + ((word + 1L) << 6) < end) {
      free = ~taken[++word];
    }
    return free == 0
        ? end
        : Math.min(end, origin + ((long) word << 6) + Long.numberOfTrailingZeros(free));
  }
}
