// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.unit.Clock;
import org.junit.jupiter.api.Test;

/** What a tile under way keeps out, on traces made by hand; one rank of one bank group. */
class TileCheckTest {
  private long cycle;

  private static MemorySpec memory(boolean dual, Optional<PimSpec> pim) {
    return new MemorySpec(
        dual ? "dual" : "single",
        "test",
        new Clock(1_000_000_000L),
        new Organization(1, 1, 1, 4, 1024, 1024, 64),
        new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2),
        new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0, ControllerSpec.Arbitration.OLDEST_FIRST),
        Optional.empty(),
        pim);
  }

  private static MemorySpec memory(boolean dual) {
    PimSpec pim =
        new PimSpec(
            dual,
            dual,
            !dual,
            4,
            16,
            2,
            6,
            16,
            96,
            2,
            4,
            6,
            6,
            true,
            16,
            0,
            1,
            1,
            Optional.empty());
    return memory(dual, Optional.of(pim));
  }

  /** The rule that commands 100 cycles apart break: letter and row, e.g. {@code H9}. */
  private Optional<String> broken(MemorySpec spec, String... commands) {
    TimingChecker checker = new TimingChecker(spec);
    for (String text : commands) {
      cycle += 100;
      int row = Integer.parseInt(text.substring(1));
      switch (text.charAt(0)) {
        case 'A' -> checker.command(cycle, 0, Command.ACT, 0, 0, 0, row, 0);
        case 'R' -> checker.command(cycle, 0, Command.RD, 0, 0, 0, row, 0);
        case 'W' -> checker.command(cycle, 0, Command.WR, 0, 0, 0, row, 0);
        case 'P' -> checker.command(cycle, 0, Command.PRE, 0, 0, 0, row, 0);
        case 'G' -> checker.command(cycle, 0, Command.GWRITE, 0, 0, 0, row, 0);
        case 'H' -> checker.command(cycle, 0, Command.PIM_HEADER, -1, -1, -1, row, 1);
        case 'O' -> checker.command(cycle, 0, Command.PIM_ACT, 0, 0, -1, row, 0);
        case 'C' -> checker.command(cycle, 0, Command.PIM_COMP, -1, -1, -1, row, 1);
        case 'S' -> checker.command(cycle, 0, Command.PIM_RDRES, -1, -1, -1, row, 1);
        default -> throw new IllegalArgumentException(text);
      }
    }
    return checker.firstViolation().map(Violation::rule);
  }

  @Test
  void aHeaderFindsNoOtherTilesRowOpen() {
    assertEquals(
        Optional.of("header while another tile's row is open"),
        broken(memory(true), "H9", "O9", "C9", "S9", "H8"));
    assertEquals(Optional.empty(), broken(memory(true), "H9", "O9", "C9", "S9", "H9"));
  }

  @Test
  void theRowOfAnAnnouncedTileStaysOutOfTheMemBuffer() {
    assertEquals(
        Optional.of("activate of the row reserved for the tile"), broken(memory(true), "H9", "A9"));
    assertEquals(Optional.empty(), broken(memory(true), "H9", "A8"));
  }

  @Test
  void aBlockedPimIsLeftAloneFromItsHeaderToItsResults() {
    Optional<String> rule = Optional.of("no memory command in blocked PIM mode");
    MemorySpec blocked = memory(false);
    assertEquals(rule, broken(blocked, "H9", "O9", "R9", "C9"));
    assertEquals(rule, broken(blocked, "H9", "O9", "C9", "R9", "S9"));
    assertEquals(rule, broken(blocked, "H9", "O9", "C9", "S9", "R9", "C9"));
    assertEquals(Optional.empty(), broken(blocked, "H9", "O9", "C9", "S9", "R9"));
  }

  @Test
  void aBlockedPimIsLeftAloneFromItsOperandsToItsTile() {
    assertEquals(
        Optional.of("no memory command in blocked PIM mode"),
        broken(memory(false), "A7", "G7", "R7", "P7", "H9"));
    assertEquals(Optional.empty(), broken(memory(false), "A7", "R7", "G7", "P7", "H9"));
  }

  @Test
  void aPimWithItsOwnBuffersWorksBesideReadsAndWrites() {
    assertEquals(
        Optional.empty(),
        broken(memory(true), "A7", "G7", "R7", "H9", "W7", "O9", "R7", "C9", "R7", "S9"));
  }

  @Test
  void aMemoryWithoutAPimTakesNoPimCommand() {
    for (String command : new String[] {"G7", "H7", "O7", "C7", "S7"}) {
      assertEquals(
          Optional.of("PIM command to a memory without a PIM"),
          broken(memory(false, Optional.empty()), command));
    }
  }
}
