// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import java.util.Arrays;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;

/**
 * The commands of each channel as running sums, of which at most a fixed number is kept as marks:
 * one for so many commands, beginning with a given one. What is before it only counts.
 */
final class Trail implements CommandSink {
  /** Marks of a channel at most; when they are full, every second goes. */
  static final int MARKS = 1024;

  private final boolean cycles;
  private final long[] from;
  private final long[] until;
  private final long[] every;
  private final long[] count;
  private final long[] sum;
  private final long[][] marks;
  private final int[] marked;

  /**
   * Of so many channels.
   *
   * @param cycles whether the cycle of a command counts
   * @param from first command of each channel that is marked
   * @param until the command of each channel before which marks end
   * @param every commands from one mark to the next, to begin with
   */
  Trail(boolean cycles, long[] from, long[] until, long[] every) {
    this.cycles = cycles;
    this.from = from;
    this.until = until;
    this.every = every.clone();
    count = new long[from.length];
    sum = new long[from.length];
    marks = new long[from.length][];
    marked = new int[from.length];
  }

  @Override
  public void command(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument) {
    long z = sum[channel] + (cycles ? cycle : 0) * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L + row;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    // Ranks, groups and banks are -1 or small, a column or number of steps is under 2^24.
    z ^= ((long) argument << 32) + ((rank + 1L) << 24) + ((bankGroup + 1L) << 16);
    z += ((bank + 1L) << 8) + command.ordinal();
    sum[channel] = z ^ z >>> 31;
    long number = ++count[channel] - from[channel];
    if (number > 0 && count[channel] <= until[channel] && number % every[channel] == 0) {
      mark(channel);
    }
  }

  private void mark(int channel) {
    if (marks[channel] == null) {
      marks[channel] = new long[MARKS];
    }
    if (marked[channel] == MARKS) {
      for (int i = 1; i < MARKS; i += 2) {
        marks[channel][i / 2] = marks[channel][i];
      }
      marked[channel] = MARKS / 2;
      every[channel] *= 2;
      if ((count[channel] - from[channel]) % every[channel] != 0) {
        return;
      }
    }
    marks[channel][marked[channel]++] = sum[channel];
  }

  /** Of the commands of all channels. */
  long digest() {
    return 31L * Arrays.hashCode(count) + Arrays.stream(sum).reduce(0, (a, b) -> 31 * a + b);
  }

  /** Whether all commands were the same as another's. */
  boolean same(Trail other, int channel) {
    return count[channel] == other.count[channel] && sum[channel] == other.sum[channel];
  }

  boolean same(Trail other) {
    return Arrays.equals(count, other.count) && Arrays.equals(sum, other.sum);
  }

  /**
   * Narrows down where this channel parts from another's: takes the marks of both at commands that
   * both have marked.
   *
   * @return commands that are the same for certain, and commands after which they are not
   */
  long[] interval(Trail other, int channel) {
    long step = Math.max(every[channel], other.every[channel]);
    long same = from[channel];
    long limit = Math.min(until[channel], Math.min(count[channel], other.count[channel]));
    for (long at = from[channel] + step; at <= limit; at += step) {
      if (markAt(channel, at) != other.markAt(channel, at)) {
        return new long[] {same, at};
      }
      same = at;
    }
    // Those marked are the same: it is behind them, or one of the two has no more.
    long ends = Math.min(count[channel], other.count[channel]) + 1;
    return new long[] {same, Math.min(until[channel], ends)};
  }

  private long markAt(int channel, long number) {
    return marks[channel][(int) ((number - from[channel]) / every[channel]) - 1];
  }
}
