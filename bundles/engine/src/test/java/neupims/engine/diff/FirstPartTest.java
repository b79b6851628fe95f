// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.run.DeviceDiff.Issued;
import neupims.engine.diff.FirstPart.Place;
import org.junit.jupiter.api.Test;

/** What marks close in on is what looking at all commands finds. */
class FirstPartTest {
  private static final int CHANNELS = 4;

  private final Random random = new Random(7);

  private List<Issued> commands(int count) {
    List<Issued> commands = new ArrayList<>();
    long cycle = 0;
    for (int i = 0; i < count; i++) {
      cycle += random.nextInt(3);
      Command command = Command.values()[random.nextInt(Command.values().length)];
      commands.add(
          new Issued(
              cycle,
              random.nextInt(CHANNELS),
              command,
              random.nextInt(3) - 1,
              random.nextInt(5) - 1,
              random.nextInt(5) - 1,
              random.nextInt(1000) - 1,
              random.nextInt(64)));
    }
    return commands;
  }

  private static Consumer<CommandSink> playing(List<Issued> commands) {
    return sink ->
        commands.forEach(
            i ->
                sink.command(
                    i.cycle(),
                    i.channel(),
                    i.command(),
                    i.rank(),
                    i.bankGroup(),
                    i.bank(),
                    i.row(),
                    i.argument()));
  }

  private static Optional<Place> found(List<Issued> a, List<Issued> b, boolean cycles) {
    return FirstPart.of(playing(a), playing(b), cycles, CHANNELS);
  }

  /** By looking at every command. */
  private static Optional<Place> expected(List<Issued> a, List<Issued> b) {
    Place best = null;
    for (int c = 0; c < CHANNELS; c++) {
      List<Issued> of = on(a, c);
      List<Issued> other = on(b, c);
      int same = 0;
      while (same < of.size() && same < other.size() && of.get(same).equals(other.get(same))) {
        same++;
      }
      Optional<Issued> mine = same < of.size() ? Optional.of(of.get(same)) : Optional.empty();
      Optional<Issued> theirs =
          same < other.size() ? Optional.of(other.get(same)) : Optional.empty();
      if (mine.isPresent() || theirs.isPresent()) {
        Place place = new Place(same, mine, theirs);
        if (best == null || cycle(place) < cycle(best)) {
          best = place;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static long cycle(Place place) {
    return Math.min(
        place.first().map(Issued::cycle).orElse(Long.MAX_VALUE),
        place.second().map(Issued::cycle).orElse(Long.MAX_VALUE));
  }

  private static List<Issued> on(List<Issued> commands, int channel) {
    return commands.stream().filter(i -> i.channel() == channel).toList();
  }

  private static Issued late(Issued i, long by) {
    return new Issued(
        i.cycle() + by,
        i.channel(),
        i.command(),
        i.rank(),
        i.bankGroup(),
        i.bank(),
        i.row(),
        i.argument());
  }

  @Test
  void theSameCommandsHaveNoPlaceWhereTheyPart() {
    List<Issued> all = commands(20_000);
    assertEquals(Optional.empty(), found(all, all, true));
    assertEquals(Optional.empty(), found(List.of(), List.of(), true));
  }

  @Test
  void theOrderAmongChannelsDoesNotCount() {
    List<Issued> all = commands(5_000);
    List<Issued> byChannel = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      byChannel.addAll(on(all, c));
    }
    assertNotEquals(all, byChannel);
    assertEquals(Optional.empty(), found(all, byChannel, true));
  }

  @Test
  void oneChangedCommandIsFoundWhereverItIs() {
    for (int size : new int[] {1, 2, 300, 5_000, 40_000}) {
      List<Issued> all = commands(size);
      for (int round = 0; round < 12; round++) {
        int at = round == 0 ? 0 : round == 1 ? size - 1 : random.nextInt(size);
        List<Issued> changed = new ArrayList<>(all);
        changed.set(at, late(all.get(at), 1));
        Place place = found(all, changed, true).orElseThrow();
        assertEquals(all.get(at), place.first().orElseThrow());
        assertEquals(changed.get(at), place.second().orElseThrow());
        assertEquals(expected(all, changed), Optional.of(place));
        assertEquals(Optional.empty(), found(all, changed, false), "only its cycle is another");
      }
    }
  }

  @Test
  void ofManyChangesTheFirstOnAnyChannelIsFound() {
    for (int round = 0; round < 40; round++) {
      List<Issued> all = commands(1 + random.nextInt(30_000));
      List<Issued> changed = new ArrayList<>(all);
      int from = random.nextInt(all.size());
      for (int i = from; i < all.size(); i++) {
        if (random.nextInt(10) == 0) {
          changed.set(i, late(all.get(i), 1 + random.nextInt(5)));
        }
      }
      assertEquals(expected(all, changed), found(all, changed, true));
    }
  }

  @Test
  void aCommandMoreOrLessIsFound() {
    for (int round = 0; round < 20; round++) {
      List<Issued> all = commands(1 + random.nextInt(10_000));
      List<Issued> less = new ArrayList<>(all);
      less.remove(random.nextInt(all.size()));
      assertEquals(expected(all, less), found(all, less, true));
      assertEquals(expected(less, all), found(less, all, true));
    }
  }

  @Test
  void whoHasNoMoreCommandsHasNone() {
    List<Issued> all = commands(30_000);
    for (int size : new int[] {0, 1, 100, 15_000, 29_999}) {
      List<Issued> begin = all.subList(0, size);
      Place place = found(begin, all, true).orElseThrow();
      assertTrue(place.first().isEmpty());
      assertEquals(expected(begin, all), Optional.of(place));
    }
  }

  @Test
  void anyValueOfACommandCounts() {
    Issued i = new Issued(5, 1, Command.RD, 0, 1, 2, 3, 4);
    for (Issued other :
        List.of(
            new Issued(5, 1, Command.WR, 0, 1, 2, 3, 4),
            new Issued(5, 1, Command.RD, 1, 1, 2, 3, 4),
            new Issued(5, 1, Command.RD, 0, 2, 2, 3, 4),
            new Issued(5, 1, Command.RD, 0, 1, 3, 3, 4),
            new Issued(5, 1, Command.RD, 0, 1, 2, 4, 4),
            new Issued(5, 1, Command.RD, 0, 1, 2, 3, 5))) {
      for (boolean cycles : new boolean[] {true, false}) {
        assertEquals(
            Optional.of(new Place(0, Optional.of(i), Optional.of(other))),
            found(List.of(i), List.of(other), cycles));
      }
    }
  }
}
