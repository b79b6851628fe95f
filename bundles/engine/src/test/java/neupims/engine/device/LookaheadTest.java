// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A result must not depend on how far a memory looks ahead: one that knows completions at once and
 * one that learns of them when their time comes give the same, whatever the program. The session
 * refuses work in its past, so this also shows that nothing is offered too late.
 */
class LookaheadTest {
  private static final Integer[] NONE = {};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anEagerAndALazyMemoryGiveTheSameReport(int seed) {
    for (boolean running : new boolean[] {false, true}) {
      String eager = text(bench(seed, running).on(new StreamMemory(true, true)).run());
      String lazy = text(bench(seed, running).on(new StreamMemory(false, true)).run());
      assertEquals(eager, lazy);
      assertEquals(lazy, text(bench(seed, running).on(new StreamMemory(false, true)).run()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everyCycleOfTheBlockHasOneCauseForEveryUnit(int seed) {
    DeviceReport report = bench(seed, seed % 2 == 0).on(new StreamMemory(false, true)).run();
    Stalls stalls = report.stalls();
    assertTrue(report.blockCycles() > 0);
    assertEquals(32, stalls.bus().size());
    assertEquals(32, stalls.pim().size());
    List<UnitCycles> units = new ArrayList<>(stalls.bus());
    units.addAll(stalls.pim());
    units.add(stalls.npu());
    for (UnitCycles unit : units) {
      assertEquals(report.blockCycles(), unit.total(), unit.toString());
      long least = Math.min(Math.min(unit.computing(), unit.memory()), unit.otherUnit());
      least = Math.min(least, Math.min(unit.refresh(), Math.min(unit.barrier(), unit.empty())));
      assertTrue(least >= 0, unit.toString());
    }
  }

  @Test
  void anInterruptedSimulationEnds() {
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class, () -> bench(1, false).on(new StreamMemory(false, true)).run());
    assertTrue(Thread.interrupted(), "the interrupt is kept");
  }

  private static String text(DeviceReport r) {
    return r.stages() + "\n" + r.tasks() + r.utilization() + r.stalls() + r.traffic();
  }

  private static Bench bench(int seed, boolean running) {
    Random random = new Random(seed);
    Bench bench = new Bench().options(running, Bench.class.getName().length());
    for (String stage : List.of("A", "B", "C")) {
      List<Resident> residents = new ArrayList<>();
      for (int r = 0; r < 40; r++) {
        residents.add(new Resident(r, random.nextInt(32), 1 + random.nextInt(500)));
      }
      List<PrefillChunk> prompts = new ArrayList<>();
      for (int p = random.nextInt(4); p >= 0; p--) {
        int context = random.nextInt(200);
        prompts.add(
            new PrefillChunk(100 + p, random.nextInt(32), context, 1 + random.nextInt(300)));
      }
      bench.append("append", prompts);
      bench.logit("logit", residents, random.nextInt(200), random.nextInt(5000));
      for (int t = 0; t < 4; t++) {
        bench.npu(
            "npu" + t, plan(random), t > 0 && random.nextBoolean() ? new Integer[] {t + 1} : NONE);
        if (random.nextBoolean()) {
          bench.exchanged(random.nextInt(5000));
        }
      }
      bench.stage(stage);
    }
    return bench;
  }

  private static NpuPlan plan(Random random) {
    List<NpuTile> tiles = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      NpuTile tile = new NpuTile();
      for (int s = 0; s < 1 + random.nextInt(30); s++) {
        int bytes = 1 + random.nextInt(100_000);
        int load = tile.load(0, random.nextInt(100_000), bytes);
        int after = s > 0 && random.nextInt(4) == 0 ? random.nextInt(s) : -1;
        long interval = random.nextInt(100);
        long latency = interval + random.nextInt(300);
        Unit unit = random.nextInt(3) == 0 ? Unit.VECTOR : Unit.MATRIX;
        tile.step(unit, load, -1, after, random.nextInt(100), 9, interval, latency);
        if (random.nextInt(3) == 0) {
          tile.store(s, random.nextInt(100_000), 1 + random.nextInt(40_000));
        }
      }
      tiles.add(tile);
    }
    return new NpuPlan(tiles, 0, new NpuPlan.Issue(random.nextInt(2), false, 0));
  }
}
