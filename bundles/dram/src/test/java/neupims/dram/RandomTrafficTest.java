// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Completion;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.dram.check.TimingChecker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomTrafficTest {
  private static final int SEEDS = 12;

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "pim-newton", "pim-neupims"})
  void everyCommandIsLegalAndEverythingEnds(String memory) {
    MemorySpec spec = TestMemories.named(memory);
    for (long seed = 0; seed < SEEDS; seed++) {
      TimingChecker checker = new TimingChecker(spec);
      MemorySession session = TestMemories.open(spec, checker);
      RandomTraffic traffic = new RandomTraffic(seed, spec);
      traffic.play(session, Long.MAX_VALUE / 2);
      assertTrue(traffic.done());
      checker.requireLegal(session.now());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "pim-newton", "pim-neupims"})
  void theCommandsDoNotDependOnTheStrides(String memory) {
    MemorySpec spec = TestMemories.named(memory);
    for (long seed = 0; seed < SEEDS; seed++) {
      List<String> first = null;
      for (long stride : new long[] {1, 16, 1000}) {
        List<String> trace = new ArrayList<>();
        CommandSink sink =
            (cycle, channel, command, rank, group, bank, row, argument) ->
                trace.add(cycle + " " + command + rank + group + bank + row + argument);
        RandomTraffic traffic = new RandomTraffic(seed, spec);
        traffic.play(TestMemories.open(spec, sink), stride);
        traffic.completions().forEach(cycle -> trace.add("done " + cycle));
        if (first == null) {
          first = trace;
        }
        assertSame(first, trace, memory + " seed " + seed + " stride " + stride);
      }
    }
  }

  private static void assertSame(List<String> expected, List<String> actual, String what) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      int from = Math.max(0, i - 3);
      int to = Math.min(i + 3, Math.min(expected.size(), actual.size()));
      if (!expected.get(i).equals(actual.get(i))) {
        assertEquals(expected.subList(from, to), actual.subList(from, to), what);
      }
    }
    assertEquals(expected.size(), actual.size(), what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "pim-newton", "pim-neupims"})
  void noCompletionComesBeforeTheHorizon(String memory) {
    MemorySpec spec = TestMemories.named(memory);
    for (long seed = 0; seed < SEEDS; seed++) {
      MemorySession session = TestMemories.open(spec, CommandSink.NONE);
      RandomTraffic traffic = new RandomTraffic(seed, spec);
      MemorySession watched = new HorizonWatch(session, traffic);
      traffic.play(watched, 7);
    }
  }

  /** Compares each horizon with the completions that the next advance records. */
  private record HorizonWatch(MemorySession session, RandomTraffic traffic)
      implements MemorySession {
    @Override
    public void advance(long until) {
      long horizon = session.horizon();
      assertTrue(horizon > session.now());
      List<Long> before = traffic.completions();
      session.advance(until);
      List<Long> after = traffic.completions();
      for (int i = 0; i < before.size(); i++) {
        if (!after.get(i).equals(before.get(i))) {
          assertTrue(after.get(i) >= horizon, () -> "horizon " + horizon + " too far");
        }
      }
    }

    @Override
    public long now() {
      return session.now();
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      session.submit(transfer, firstSlot, slots);
    }

    @Override
    public void submit(neupims.api.hw.GemvBatch batch, long fromCycle) {
      session.submit(batch, fromCycle);
    }

    @Override
    public long horizon(Completion kind) {
      return session.horizon(kind);
    }

    @Override
    public long address(int channel, long channelByte) {
      return session.address(channel, channelByte);
    }

    @Override
    public neupims.api.hw.MemoryCounters counters() {
      return session.counters();
    }
  }
}
