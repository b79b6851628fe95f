// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule on a trace made by hand: illegal a cycle early, legal in time. */
class TimingCheckerTest {
  /** All parameters differ and none hides another in the traces below. */
  private static final DramTiming TIMING =
      new DramTiming(2, 14, 4, 13, 15, 34, 5, 7, 3, 4, 6, 9, 5, 8, 16, 40, 260, 3900, 2);

  private static final PimSpec PIM =
      new PimSpec(
          true, true, false, 4, 16, 2, 6, 16, 96, 3, 4, 5, 50, true, 16, 0, 1, 1, Optional.empty());

  private static MemorySpec spec() {
    return new MemorySpec(
        "test",
        "test",
        new Clock(1_000_000_000L),
        new Organization(1, 2, 4, 4, 1024, 1024, 64),
        TIMING,
        new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0, ControllerSpec.Arbitration.OLDEST_FIRST),
        Optional.empty(),
        Optional.of(PIM));
  }

  /**
   * A trace of commands {@code COMMAND rank group bank row}, each so many cycles after the last.
   */
  private static Optional<Violation> check(Object... trace) {
    TimingChecker checker = new TimingChecker(spec());
    long cycle = 10_000;
    checker.command(9_000, 0, Command.REF, 0, -1, -1, -1, 0);
    checker.command(9_300, 0, Command.REF, 1, -1, -1, -1, 0);
    for (int i = 0; i < trace.length; i += 2) {
      cycle += ((Number) trace[i + 1]).longValue();
      String[] word = ((String) trace[i]).split(" ");
      int[] at = {-1, -1, -1, -1, 0};
      for (int w = 1; w < word.length; w++) {
        at[w - 1] = Integer.parseInt(word[w]);
      }
      checker.command(cycle, 0, Command.valueOf(word[0]), at[0], at[1], at[2], at[3], at[4]);
    }
    return checker.firstViolation();
  }

  private static DynamicTest gate(String rule, int cycles, Object... before) {
    return DynamicTest.dynamicTest(
        rule + " " + cycles,
        () -> {
          Object[] trace = before.clone();
          trace[trace.length - 1] = cycles;
          assertEquals(Optional.empty(), check(trace), "legal at t");
          trace[trace.length - 1] = cycles - 1;
          Optional<Violation> violation = check(trace);
          assertEquals(Optional.of(rule), violation.map(Violation::rule), "illegal at t-1");
        });
  }

  @TestFactory
  Stream<DynamicTest> everyGateIsIllegalACycleEarlyAndLegalInTime() {
    String open = "ACT 0 0 0 7";
    String read = "RD 0 0 0 7";
    String write = "WR 0 0 0 7";
    return Stream.of(
        gate("one command a cycle", 1, open, 0, "ACT 1 0 0 7", 0),
        gate("tRCD", 13, open, 0, read, 0),
        gate("tRAS", 34, open, 0, "PRE 0 0 0", 0),
        gate("tRP", 15, open, 0, "PRE 0 0 0", 40, open, 0),
        gate("tRTP", 8, open, 0, read, 40, "PRE 0 0 0", 0),
        gate("tWR", 4 + 2 + 16, open, 0, write, 40, "PRE 0 0 0", 0),
        gate("tRRD_L", 7, open, 0, "ACT 0 0 1 7", 0),
        gate("tRRD_S", 5, open, 0, "ACT 0 1 0 7", 0),
        gate(
            "tFAW",
            40 - 15,
            open,
            0,
            "ACT 0 1 0 7",
            5,
            "ACT 0 2 0 7",
            5,
            "ACT 0 3 0 7",
            5,
            "ACT 0 0 1 7",
            0),
        gate("tCCD_L", 4, open, 0, read, 40, read, 0),
        gate("tCCD_S", 3, open, 0, "ACT 0 1 0 7", 5, read, 40, "RD 0 1 0 7", 0),
        gate("tWTR", 4 + 2 + 9, open, 0, write, 40, read, 0),
        gate("tWTR", 4 + 2 + 6, open, 0, "ACT 0 1 0 7", 5, write, 40, "RD 0 1 0 7", 0),
        gate("data bus", 2 + 2, open, 0, "ACT 1 0 0 7", 1, read, 40, "RD 1 0 0 7", 0),
        gate("data bus", 14 + 2 - 4 + 2, open, 0, read, 40, write, 0),
        gate("tRP", 15, open, 0, "PRE 0 0 0", 40, "REF 0", 0),
        gate("tRFC", 260, "REF 0", 0, open, 0),
        gate("GWRITE", 96, open, 0, "GWRITE 0 0 0 7", 40, read, 0),
        gate("row buffer to row buffer", 50, "PIM_ACT 0 0 -1 9 0", 0, "ACT 0 0 0 7", 0),
        gate("tFAW", 40, open, 0, "PIM_ACT 0 1 -1 9 4", 0),
        gate(
            "compute interval",
            2 * (6 + 1),
            pimTile("PIM_COMP -1 -1 -1 9 4", 40, "PIM_COMP -1 -1 -1 9 4", 0)),
        gate(
            "compute to precharge",
            2 * 6 + 5,
            pimTile("PIM_COMP -1 -1 -1 9 4", 40, "PIM_PRE 0 0 0", 0)),
        gate(
            "compute to precharge",
            2 * 32 + 5,
            pimTile("PIM_COMP -1 -1 -1 9 32", 40, "PIM_PRE 0 0 0", 0)));
  }

  /** All banks' PIM row buffers open at row 9, then the given commands. */
  private static Object[] pimTile(Object... then) {
    Object[] trace = new Object[16 + then.length];
    for (int unit = 0; unit < 8; unit++) {
      int rank = unit / 4;
      int group = unit % 4;
      trace[2 * unit] = "PIM_ACT " + rank + " " + group + " -1 9 " + 4 * unit;
      trace[2 * unit + 1] = 40;
    }
    System.arraycopy(then, 0, trace, 16, then.length);
    return trace;
  }

  @Test
  void theSameRowNeverOpensInBothBuffersOfABank() {
    assertEquals(
        Optional.of("same row in both row buffers"),
        check("PIM_ACT 0 0 -1 9 0", 0, "ACT 0 0 2 9", 100).map(Violation::rule));
    assertEquals(Optional.empty(), check("PIM_ACT 0 0 -1 9 0", 0, "ACT 0 0 2 8", 100));
  }

  @Test
  void statesThatForbidACommandAreNamed() {
    assertTrue(check("PRE 0 0 0", 0).isPresent());
    assertTrue(check("ACT 0 0 0 7", 0, "ACT 0 0 0 7", 100).isPresent());
    assertTrue(check("ACT 0 0 0 7", 0, "RD 0 0 0 8", 100).isPresent());
    assertTrue(check("ACT 0 0 0 7", 0, "REF 0", 100).isPresent());
  }

  @Test
  void aRefreshMayBeLateByEightIntervalsButNotByNine() {
    TimingChecker checker = new TimingChecker(spec());
    checker.requireLegal(9 * 3900L);
    assertThrows(IllegalStateException.class, () -> checker.requireLegal(9 * 3900L + 1));
  }

  @Test
  void aViolationNamesBothCommandsAndTheLegalCycle() {
    Violation violation = check("ACT 0 0 0 7", 0, "RD 0 0 0 7", 3).orElseThrow();
    assertEquals(
        "tRCD: RD at cycle 10003 channel 0 rank 0 group 0 bank 0 row 7 after ACT at cycle 10000"
            + " channel 0 rank 0 group 0 bank 0 row 7, legal from cycle 10013",
        violation.toString());
    assertFalse(violation.earlier() == null);
  }
}
