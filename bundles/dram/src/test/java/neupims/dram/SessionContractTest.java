// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.MemorySpec;
import neupims.dram.Traffic.Piece;
import neupims.dram.Traffic.Submitted;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link neupims.api.hw.MemorySession} promises, under random traffic. */
class SessionContractTest {
  /** A memory and what it is offered. */
  record Case(MemorySpec spec, String traffic, int seed) {
    List<Piece> work() {
      return traffic.equals("lists")
          ? Traffic.lists(spec, seed, 30)
          : Traffic.singles(spec, seed, 300);
    }

    @Override
    public String toString() {
      return "%s of seed %d on %s".formatted(traffic, seed, spec);
    }
  }

  static Stream<Case> cases() {
    Stream<Case> singles =
        Stream.of(Memories.all(), Memories.longPimQueues(), Memories.sharedFrontEnd())
            .flatMap(List::stream)
            .flatMap(m -> Stream.of(1, 2, 107, 108, 165, 169).map(s -> new Case(m, "singles", s)));
    Stream<Case> lists =
        Memories.all().stream()
            .flatMap(m -> IntStream.range(0, 12).mapToObj(s -> new Case(m, "lists", s)));
    return Stream.concat(singles, lists);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noCompletionRecordedLaterLiesBeforeTheHorizon(Case one) {
    for (long stride : new long[] {7, Long.MAX_VALUE / 2}) {
      Bench bench = new Bench(one.spec());
      Iterator<Piece> work = one.work().iterator();
      List<Submitted> pending = new ArrayList<>();
      Piece next = work.next();
      while (next != null || bench.session.horizon() != Long.MAX_VALUE) {
        long now = bench.session.now();
        long horizon = bench.session.horizon();
        assertTrue(horizon > now, "horizon " + horizon + " at " + now);
        long until = next == null ? Long.MAX_VALUE : next.cycle();
        List<long[]> before = pending.stream().map(Submitted::doneCycles).toList();
        bench.session.advance(Math.min(Math.min(horizon, until), now + stride));
        for (int i = 0; i < before.size(); i++) {
          assertNoneBefore(horizon, before.get(i), pending.get(i).doneCycles());
        }
        pending.removeIf(Submitted::done);
        for (; next != null && next.cycle() <= bench.session.now(); next = nextOf(work)) {
          pending.add(next.submitTo(bench));
        }
      }
      assertTrue(pending.isEmpty(), "no work under way, but not all is done");
    }
  }

  private static Piece nextOf(Iterator<Piece> work) {
    return work.hasNext() ? work.next() : null;
  }

  private static void assertNoneBefore(long horizon, long[] before, long[] after) {
    for (int i = 0; i < after.length; i++) {
      if (after[i] != before[i]) {
        assertTrue(after[i] >= horizon, "done at " + after[i] + ", horizon was " + horizon);
      }
    }
  }

  /** The commands of a run and, in the order of submission, the cycles of all completions. */
  private record Played(List<Trace.Entry> commands, List<long[]> doneCycles) {
    static Played of(Case one, int stride) {
      Bench bench = new Bench(one.spec());
      List<Submitted> work = Traffic.play(one.work(), bench, stride);
      return new Played(
          bench.trace.byChannelBefore(Traffic.END),
          work.stream().map(Submitted::doneCycles).toList());
    }

    void assertSame(Played other, String what) {
      for (int i = 0; i < Math.min(commands.size(), other.commands.size()); i++) {
        assertEquals(commands.get(i), other.commands.get(i), "command " + i + ", " + what);
      }
      assertEquals(commands.size(), other.commands.size(), what);
      for (int i = 0; i < doneCycles.size(); i++) {
        assertArrayEquals(doneCycles.get(i), other.doneCycles.get(i), "piece " + i + ", " + what);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void commandsAndCompletionsAreTheSameWhateverTheStrides(Case one) {
    Played expected = Played.of(one, 1_000_000);
    for (int stride : new int[] {1, 7, 16, 1000}) {
      expected.assertSame(Played.of(one, stride), "stride " + stride);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameWorkGivesTheSameCommands(Case one) {
    Played.of(one, 5000).assertSame(Played.of(one, 5000), "again");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCommandIsReportedOnceAndCounted(Case one) {
    Bench bench = new Bench(one.spec());
    Traffic.play(one.work(), bench, 5000);
    Map<Command, Long> reported = new EnumMap<>(Command.class);
    for (Trace.Entry e : bench.trace.entries) {
      long steps = e.command() == Command.PIM_COMP ? e.argument() : 1;
      reported.merge(e.command(), steps, Long::sum);
    }
    for (Command command : Command.values()) {
      assertEquals(reported.getOrDefault(command, 0L), bench.count(command), command.toString());
    }
  }
}
