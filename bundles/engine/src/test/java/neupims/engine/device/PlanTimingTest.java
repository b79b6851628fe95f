// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static neupims.engine.device.Bench.plan;
import static neupims.engine.device.Bench.tile;
import static neupims.engine.device.StreamMemory.LATENCY;
import static neupims.engine.device.StreamMemory.STRIPE;
import static neupims.engine.device.StreamMemory.STRIPE_CYCLES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import org.junit.jupiter.api.Test;

/** NPU tasks against the rules that NpuPlan and NpuTile state. */
class PlanTimingTest {
  private static final int LOADED = STRIPE_CYCLES + LATENCY;

  @Test
  void aTileIsLoadedFilledComputedAndStoredInTurn() {
    var report = new Bench().npu("t", plan(tile(Unit.MATRIX, 1, 5, 10, 100, 1))).run();
    long finish = LOADED + 5 + 100 + STRIPE_CYCLES;
    assertEquals(finish, report.blockCycles());
    assertEquals(finish, Bench.task(report, "t").finishCycle());
    assertEquals(STRIPE, report.traffic().readBytes());
    assertEquals(STRIPE, report.traffic().writeBytes());
  }

  @Test
  void aStepWithoutLoadsStartsWithTheTask() {
    var bench = new Bench().npu("t", plan(tile(Unit.VECTOR, 0, 0, 10, 70, 0)));
    assertEquals(70, bench.run().blockCycles());
  }

  @Test
  void aTileLoadsWhenTheOneBeforeThePreviousIsComputed() {
    int computed = LOADED + 1000;
    var bench =
        new Bench()
            .npu(
                "t",
                plan(
                    tile(Unit.MATRIX, 1, 0, 1000, 1000, 0),
                    tile(Unit.MATRIX, 1, 0, 1000, 1000, 0),
                    tile(Unit.MATRIX, 100, 0, 1000, 1000, 0)));
    assertEquals(computed + 100 * STRIPE_CYCLES + LATENCY + 1000, bench.run().blockCycles());
  }

  @Test
  void stepsOfAUnitFollowEachOtherAndUnitsRunSideBySide() {
    NpuTile tile = new NpuTile();
    int load = tile.load(0, 0, STRIPE);
    tile.step(Unit.MATRIX, load, -1, -1, 0, 0, 300, 300);
    tile.step(Unit.VECTOR, load, -1, -1, 0, 0, 500, 500);
    tile.step(Unit.MATRIX, load, -1, -1, 7, 0, 300, 300);
    assertEquals(LOADED + 607, new Bench().npu("t", plan(tile)).run().blockCycles());
  }

  @Test
  void aStepWaitsForTheResultItNeeds() {
    NpuTile tile = new NpuTile();
    int first = tile.step(Unit.MATRIX, -1, -1, -1, 0, 0, 10, 200);
    int second = tile.step(Unit.VECTOR, -1, -1, first, 0, 0, 10, 50);
    tile.step(Unit.MATRIX, -1, -1, second, 0, 0, 10, 30);
    assertEquals(280, new Bench().npu("t", plan(tile)).run().blockCycles());
  }

  @Test
  void aLateStepWaitsUnlessItMayStartInThePast() {
    assertEquals(LOADED + 10 * STRIPE_CYCLES + 1000, late(10, false));
    assertEquals(LOADED + 10 + 1000, late(10, true));
  }

  @Test
  void aStepThatComesAfterThePipeRanEmptyStartsWhenItIsThere() {
    long arrival = LOADED + 50 * STRIPE_CYCLES;
    assertEquals(arrival + 1000, late(50, false));
    assertEquals(arrival + 1000, late(50, true));
  }

  private static long late(int stripes, boolean inPast) {
    NpuTile tile = new NpuTile();
    int soon = tile.load(0, 0, STRIPE);
    int later = tile.load(0, STRIPE, stripes * STRIPE);
    tile.step(Unit.MATRIX, soon, -1, -1, 0, 0, 10, 1000);
    tile.step(Unit.MATRIX, later, -1, -1, 0, 0, 10, 1000);
    var issue = new NpuPlan.Issue(0, inPast, 0);
    return new Bench().npu("t", new NpuPlan(List.of(tile), 0, issue)).run().blockCycles();
  }

  @Test
  void loadInstructionsLeaveOneACycleWhenSaid() {
    NpuTile tile = new NpuTile();
    for (int l = 0; l < 101; l++) {
      tile.load(0, 0, 64); // one access of channel 0: two cycles each
    }
    tile.step(Unit.MATRIX, 100, -1, -1, 0, 0, 1, 1);
    var together = new NpuPlan(List.of(tile), 0, new NpuPlan.Issue(0, false, 0));
    var slowly = new NpuPlan(List.of(tile), 0, new NpuPlan.Issue(1, false, 0));
    assertEquals(101 * 2 + LATENCY + 1, new Bench().npu("t", together).run().blockCycles());
    assertEquals(101 * 2 + LATENCY + 1, new Bench().npu("t", slowly).run().blockCycles());
  }

  @Test
  void aFasterNpuClockShortensOnlyTheNpusPart() {
    var plan = plan(tile(Unit.MATRIX, 1, 0, 1000, 1000, 1));
    var twice = new Bench().npuHertz(2 * Bench.HERTZ).npu("t", plan).run();
    assertEquals(LOADED + 500 + STRIPE_CYCLES, twice.blockCycles());
    // 62 memory cycles are 93 of 1.5 GHz; 1,093 of those begin in memory cycle 728.67.
    var half = new Bench().npuHertz(3 * Bench.HERTZ / 2).npu("t", plan).run();
    assertEquals(729 + STRIPE_CYCLES, half.blockCycles());
  }
}
