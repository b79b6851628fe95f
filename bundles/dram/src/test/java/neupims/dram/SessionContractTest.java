// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.MemorySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link neupims.api.hw.MemorySession} promises, under random traffic. */
class SessionContractTest {
  private static final int PIECES = 300;

  static Stream<Arguments> memoriesAndSeeds() {
    return Stream.concat(Memories.all().stream(), Memories.sharedFrontEnd().stream())
        .flatMap(m -> Stream.of(1, 2, 107, 108, 165, 169).map(seed -> Arguments.of(m, seed)));
  }

  @ParameterizedTest
  @MethodSource("memoriesAndSeeds")
  void noCompletionRecordedLaterLiesBeforeTheHorizon(MemorySpec spec, int seed) {
    Bench bench = new Bench(spec);
    Iterator<Traffic.Work> work = Traffic.random(spec, seed, PIECES).iterator();
    List<Object> pending = new ArrayList<>();
    Traffic.Work next = work.next();
    while (next != null || bench.session.horizon() != Long.MAX_VALUE) {
      long now = bench.session.now();
      long horizon = bench.session.horizon();
      assertTrue(horizon > now, "horizon " + horizon + " at " + now);
      bench.session.advance(Math.min(horizon, next == null ? Long.MAX_VALUE : next.cycle()));
      assertNoneBefore(horizon, pending);
      for (; next != null && next.cycle() <= bench.session.now(); next = nextOf(work)) {
        pending.add(next.submitTo(bench));
      }
    }
    assertTrue(pending.isEmpty(), "no work under way, but not all is done");
  }

  private static Traffic.Work nextOf(Iterator<Traffic.Work> work) {
    return work.hasNext() ? work.next() : null;
  }

  private static void assertNoneBefore(long horizon, List<Object> pending) {
    pending.removeIf(
        p -> {
          if (Traffic.done(p) == 0) {
            return false;
          }
          long done = Traffic.lastDone(p);
          assertTrue(done >= horizon, "done at " + done + ", horizon was " + horizon);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("memoriesAndSeeds")
  void theCommandsAreTheSameWhateverTheStrides(MemorySpec spec, int seed) {
    List<Traffic.Work> work = Traffic.random(spec, seed, PIECES);
    List<Trace.Entry> expected = played(work, spec, 1_000_000);
    for (int stride : new int[] {1, 7, 1000}) {
      List<Trace.Entry> ours = played(work, spec, stride);
      for (int i = 0; i < Math.min(expected.size(), ours.size()); i++) {
        assertEquals(expected.get(i), ours.get(i), "command " + i + ", stride " + stride);
      }
      assertEquals(expected.size(), ours.size(), "stride " + stride);
    }
  }

  @ParameterizedTest
  @MethodSource("memoriesAndSeeds")
  void theSameWorkGivesTheSameCommands(MemorySpec spec, int seed) {
    List<Traffic.Work> work = Traffic.random(spec, seed, PIECES);
    assertEquals(played(work, spec, 5000), played(work, spec, 5000));
  }

  private static List<Trace.Entry> played(List<Traffic.Work> work, MemorySpec spec, int stride) {
    Bench bench = new Bench(spec);
    Traffic.play(work, bench, stride);
    return bench.trace.byChannelBefore(Traffic.END);
  }

  @ParameterizedTest
  @MethodSource("memoriesAndSeeds")
  void everyCommandIsReportedOnceAndCounted(MemorySpec spec, int seed) {
    Bench bench = new Bench(spec);
    Traffic.play(Traffic.random(spec, seed, PIECES), bench, 5000);
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
