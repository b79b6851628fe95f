// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import neupims.api.hw.CommandSink;
import neupims.api.run.DeviceDiff.Issued;

/**
 * Finds the first command in which two simulations part. Each is run again and again, which always
 * gives the same commands, with marks that close in on the place, some hundred times in each round.
 */
public final class FirstPart {
  /** Intervals of no more commands are looked at one by one. */
  private static final int FEW = 256;

  private final Consumer<CommandSink> first;
  private final Consumer<CommandSink> second;
  private final boolean cycles;
  private final int channels;

  /**
   * Where a channel's commands part.
   *
   * @param same commands before it
   * @param first one's command, empty when it has no more
   * @param second the other's
   */
  public record Place(long same, Optional<Issued> first, Optional<Issued> second) {
    private long cycle() {
      return Math.min(
          first.map(Issued::cycle).orElse(Long.MAX_VALUE),
          second.map(Issued::cycle).orElse(Long.MAX_VALUE));
    }
  }

  private FirstPart(
      Consumer<CommandSink> first, Consumer<CommandSink> second, boolean cycles, int channels) {
    this.first = first;
    this.second = second;
    this.cycles = cycles;
    this.channels = channels;
  }

  /**
   * Finds it.
   *
   * @param first simulates the one, commands going to a sink
   * @param second simulates the other
   * @param cycles whether a command at another cycle is another command
   * @param channels of the memory that has more
   * @return the place whose command comes first; empty if the commands are the same
   */
  public static Optional<Place> of(
      Consumer<CommandSink> first, Consumer<CommandSink> second, boolean cycles, int channels) {
    return new FirstPart(first, second, cycles, channels).find();
  }

  private Optional<Place> find() {
    long[] from = new long[channels];
    long[] until = new long[channels];
    Arrays.fill(until, Long.MAX_VALUE);
    long[] every = new long[channels];
    Arrays.fill(every, 1);
    boolean wide = true;
    while (wide) {
      Trail a = new Trail(cycles, from, until, every);
      first.accept(a);
      Trail b = new Trail(cycles, from, until, every);
      second.accept(b);
      if (a.same(b)) {
        return Optional.empty();
      }
      long[] nextFrom = new long[channels];
      long[] nextUntil = new long[channels];
      wide = false;
      for (int c = 0; c < channels; c++) {
        if (!a.same(b, c)) {
          long[] interval = a.interval(b, c);
          nextFrom[c] = interval[0];
          nextUntil[c] = interval[1];
          wide |= interval[1] - interval[0] > FEW;
          every[c] = Math.max(1, (interval[1] - interval[0] + Trail.MARKS - 1) / Trail.MARKS);
        }
      }
      from = nextFrom;
      until = nextUntil;
    }
    return look(from, until);
  }

  private Optional<Place> look(long[] from, long[] until) {
    Window a = new Window(from, until);
    first.accept(a);
    Window b = new Window(from, until);
    second.accept(b);
    Place earliest = null;
    for (int c = 0; c < channels; c++) {
      for (long number = from[c]; number < until[c]; number++) {
        Place place = new Place(number, a.at(c, number), b.at(c, number));
        if (!same(place)) {
          if (earliest == null || place.cycle() < earliest.cycle()) {
            earliest = place;
          }
          break;
        }
      }
    }
    return Optional.ofNullable(earliest);
  }

  private boolean same(Place place) {
    if (place.first().isEmpty() || place.second().isEmpty()) {
      return place.first().isEmpty() && place.second().isEmpty();
    }
    Issued a = place.first().get();
    Issued b = place.second().get();
    return cycles ? a.equals(b) : at(a, b.cycle()).equals(b);
  }

  private static Issued at(Issued i, long cycle) {
    return new Issued(
        cycle, i.channel(), i.command(), i.rank(), i.bankGroup(), i.bank(), i.row(), i.argument());
  }
}
