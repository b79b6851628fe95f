// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import neupims.api.run.StreamPattern;
import neupims.dram.check.TimingChecker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timing gates are tight: a command issues in the first legal cycle, not before and not after. */
class GateDistanceTest {
  static Stream<Gates.Gate> gates() {
    return Stream.concat(Gates.dram(), Gates.pim());
  }

  @ParameterizedTest
  @MethodSource("gates")
  void aCommandIssuesInTheFirstLegalCycle(Gates.Gate gate) {
    assertEquals(gate.expected().applyAsLong(gate.spec()), gate.distance(gate.spec()));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void aLongerParameterMovesItByAsMuch(Gates.Gate gate) {
    MemorySpec longer = Changed.plus(gate.spec(), gate.parameter(), 1);
    long expected = gate.expected().applyAsLong(longer);
    assertNotEquals(gate.expected().applyAsLong(gate.spec()), expected);
    assertEquals(expected, gate.distance(longer));
  }

  @ParameterizedTest
  @MethodSource("gates")
  void theTraceIsIllegalWhereTheParameterIsLonger(Gates.Gate gate) {
    TimingChecker strict = new TimingChecker(Changed.plus(gate.spec(), gate.parameter(), 1));
    gate.trace(gate.spec()).entries.forEach(e -> e.replay(strict));
    assertTrue(strict.firstViolation().isPresent());
  }

  /** A parameter that is added needs a gate, or a reason here why it has none. */
  @Test
  void everyTimingParameterHasAGate() {
    Set<String> gated = dramParameters().collect(Collectors.toCollection(TreeSet::new));
    gated.addAll(Set.of("timing.refi", "timing.ccdS", "timing.rtpS")); // tested below
    Set<String> all =
        Arrays.stream(DramTiming.class.getRecordComponents())
            .map(component -> "timing." + component.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, gated);
  }

  private static Stream<String> dramParameters() {
    return Gates.dram().map(Gates.Gate::parameter);
  }

  /** All but tCCD_L, which is as long as a burst. */
  static Stream<String> parametersThatBind() {
    return dramParameters().filter(parameter -> !parameter.equals("timing.ccdL"));
  }

  /** Not only in work that is made for it: what the engine issues is as early as it may be. */
  @ParameterizedTest
  @MethodSource("parametersThatBind")
  void randomTrafficWouldBreakALongerParameter(String parameter) {
    MemorySpec spec = Memories.referenceHbm2();
    TimingChecker strict = null;
    for (int seed = 0; seed < 6 && !broken(strict); seed++) {
      Bench bench = new Bench(spec);
      Traffic.play(Traffic.lists(spec, seed, 30), bench, 1_000_000);
      strict = new TimingChecker(Changed.plus(spec, parameter, 1));
      for (Trace.Entry entry : bench.trace.entries) {
        entry.replay(strict);
      }
    }
    assertTrue(broken(strict), () -> "a longer " + parameter + " would go unnoticed");
  }

  private static boolean broken(TimingChecker checker) {
    return checker != null && checker.firstViolation().isPresent();
  }

  /**
   * tCCD_S is shorter than a burst, which holds the bus (facts sec. 2); a read has no precharge of
   * another bank group to hold back, so tRTP_S has no meaning for the commands of a bank.
   */
  @ParameterizedTest
  @ValueSource(strings = {"timing.ccdS", "timing.rtpS"})
  void aParameterThatBindsNowhereChangesNothing(String parameter) {
    for (StreamPattern pattern : StreamPattern.values()) {
      Bench bench = new Bench(Memories.hbm2());
      Bench changed = new Bench(Changed.plus(Memories.hbm2(), parameter, 1));
      assertEquals(bench.streamCycles(pattern, 16), changed.streamCycles(pattern, 16));
      assertEquals(bench.trace.entries, changed.trace.entries);
    }
  }

  @Test
  void aLongerCcdSThanABurstHoldsBackTheNextBankGroup() {
    MemorySpec spec = Changed.plus(Memories.hbm2(), "timing.ccdS", 2);
    Bench bench = new Bench(spec);
    bench.access(false, 0, 0, 0, 0);
    bench.access(false, 0, 4, 0, 0);
    bench.access(false, 100, 0, 0, 1);
    bench.access(false, 100, 4, 0, 1);
    Trace trace = bench.run().trace;
    assertEquals(spec.timing().ccdS(), trace.cycle(Command.RD, 3) - trace.cycle(Command.RD, 2));
  }

  /** Every rank has its share of tREFI: a tREFI longer by a cycle for each rank moves all. */
  @Test
  void refreshesAreExactlyTheirIntervalApart() {
    int ranks = Memories.ORGANIZATION.ranks();
    for (int more = 0; more <= 2 * ranks; more += ranks) {
      MemorySpec spec = Changed.plus(Memories.hbm2(), "timing.refi", more);
      Bench bench = new Bench(spec);
      bench.session.advance(5L * spec.timing().refi());
      for (int i = ranks; i < 4 * ranks; i++) {
        assertEquals(
            spec.timing().refi(),
            bench.trace.cycle(Command.REF, i) - bench.trace.cycle(Command.REF, i - ranks));
      }
    }
  }

  /** A result's delay is no gate between commands: it shows in the completion. */
  @Test
  void aResultArrivesItsDelayAfterTheLastStep() {
    for (int more = 0; more < 3; more++) {
      MemorySpec spec = Changed.plus(Memories.referenceNeupims(), "pim.resultDelay", more);
      Bench bench = new Bench(spec);
      long done = doneCycle(bench);
      long compute = bench.trace.cycle(Command.PIM_COMP, 0);
      assertEquals(compute + spec.pim().orElseThrow().resultDelay() + 1, done);
    }
  }

  private static long doneCycle(Bench bench) {
    GemvBatch batch = bench.gemv(GemvBatch.Kind.LOGIT, 32, 1, 128);
    bench.run();
    return batch.lastDoneCycle();
  }
}
