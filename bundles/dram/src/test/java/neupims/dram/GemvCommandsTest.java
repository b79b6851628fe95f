// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Commands and least time of GEMVs from the lowering of facts/neupims.md sec. 4. */
class GemvCommandsTest {
  private static final int HEADS = 8;
  private static final int HEAD_DIM = 128;
  private static final int VALUES_PER_ROW = 512; // 1 KB of FP16
  private static final int BANKS = 32;

  static Stream<Arguments> memoriesAndTokens() {
    return Memories.withPim().stream()
        .flatMap(m -> Stream.of(1, 32, 33, 300, 512, 513, 1100).map(s -> Arguments.of(m, s)));
  }

  static List<MemorySpec> memories() {
    return Memories.withPim();
  }

  private static long ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  @ParameterizedTest
  @MethodSource("memoriesAndTokens")
  void logitTakesATileForEvery32TokensAndFourHeads(MemorySpec spec, int tokens) {
    long chunks = ceil(HEADS * HEAD_DIM, VALUES_PER_ROW);
    long tiles = chunks * ceil(tokens, BANKS);
    long results = HEADS * ceil(tokens, BANKS);
    Bench bench = new Bench(spec);
    bench.gemv(GemvBatch.Kind.LOGIT, tokens, HEADS, HEAD_DIM);
    assertCommands(bench, chunks, tiles, results, results * (HEAD_DIM / 16));
  }

  @ParameterizedTest
  @MethodSource("memoriesAndTokens")
  void attendTakesFourTilesForEveryHeadAnd512Tokens(MemorySpec spec, int tokens) {
    long chunks = HEADS * ceil(tokens, VALUES_PER_ROW);
    long tiles = chunks * HEAD_DIM / BANKS;
    long steps = 0;
    for (int first = 0; first < tokens; first += VALUES_PER_ROW) {
      steps += ceil(Math.min(VALUES_PER_ROW, tokens - first), 16);
    }
    Bench bench = new Bench(spec);
    bench.gemv(GemvBatch.Kind.ATTEND, tokens, HEADS, HEAD_DIM);
    assertCommands(bench, chunks, tiles, tiles, steps * HEADS * HEAD_DIM / BANKS);
  }

  private static void assertCommands(
      Bench bench, long gwrites, long tiles, long results, long steps) {
    bench.run();
    assertEquals(gwrites, bench.count(Command.GWRITE));
    assertEquals(tiles, bench.count(Command.PIM_HEADER));
    assertEquals(tiles * BANKS / 4, bench.count(Command.PIM_ACT));
    assertEquals(results, bench.count(Command.PIM_RDRES));
    assertEquals(steps, bench.count(Command.PIM_COMP));
    assertEquals(0, bench.count(Command.RD) + bench.count(Command.WR));
    assertEquals(
        steps * bench.spec.pim().orElseThrow().computeInterval(),
        bench.session.counters().pimComputeCycles(0));
  }

  /**
   * The operand row is activated and copied, the group activates of a rank follow at tFAW, the last
   * is followed by tRCD, the steps and the result's delay; each of the five hand-overs (offer,
   * operand row, copy, header, result) takes a cycle at most.
   */
  @ParameterizedTest
  @MethodSource("memories")
  void oneTileTakesItsOperandsItsActivatesItsStepsAndItsResult(MemorySpec spec) {
    DramTiming t = spec.timing();
    PimSpec pim = spec.pim().orElseThrow();
    int steps = 8;
    int busy = pim.computeInterval() * Math.max(steps, pim.minComputeSteps());
    boolean heldByCompute = pim.computeHoldsRows() || !pim.compositeCommands();
    long least =
        t.rcd()
            + pim.gwriteTime()
            + 3L * t.faw()
            + t.rcd()
            + pim.resultDelay()
            + (heldByCompute ? busy : 0);
    Bench bench = new Bench(spec);
    GemvBatch batch = bench.gemv(GemvBatch.Kind.LOGIT, 32, 1, HEAD_DIM);
    bench.run();
    long cycles = batch.lastDoneCycle();
    assertTrue(cycles >= least && cycles <= least + 5, cycles + " instead of " + least);
  }

  /** Counted in banks; the rows of the last tile stay open. */
  @ParameterizedTest
  @MethodSource("dualBuffered")
  void everyTileButTheLastIsPrechargedInAllBanks(MemorySpec spec) {
    int tokens = 320;
    Bench bench = new Bench(spec);
    bench.gemv(GemvBatch.Kind.LOGIT, tokens, HEADS, HEAD_DIM);
    bench.run();
    long tiles = ceil(HEADS * HEAD_DIM, VALUES_PER_ROW) * ceil(tokens, BANKS);
    assertEquals((tiles - 1) * BANKS, bench.count(Command.PIM_PRE));
  }

  static List<MemorySpec> dualBuffered() {
    return List.of(Memories.neupims(), Memories.referenceNeupims());
  }

  @Test
  void rowsHeldWhileComputingDelayAShortGemvByItsSteps() {
    MemorySpec released = Memories.referenceNeupims();
    MemorySpec held =
        Memories.with(released, Changed.computeHoldsRows(released.pim().orElseThrow()));
    int steps = HEAD_DIM / 16;
    long busy = (long) steps * released.pim().orElseThrow().computeInterval();
    assertEquals(busy, shortGemvCycles(held) - shortGemvCycles(released));
  }

  private static long shortGemvCycles(MemorySpec spec) {
    Bench bench = new Bench(spec);
    GemvBatch batch = bench.gemv(GemvBatch.Kind.LOGIT, BANKS, 1, HEAD_DIM);
    bench.run();
    return batch.lastDoneCycle();
  }
}
