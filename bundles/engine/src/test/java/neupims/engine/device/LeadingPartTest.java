// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import neupims.api.hw.Command;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stage that an earlier one begins with takes what it takes there, which is what it takes in the
 * earlier one's place. Programs are those of an interleaving compiler with short names: C is E and
 * then more.
 */
class LeadingPartTest {
  private static final String[] LEADING = {"proj", "ffn", "logit", "attend"};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void itTakesWhatItTakesInTheEarlierOnesPlace(int seed) {
    for (boolean eager : new boolean[] {false, true}) {
      Programs programs = new Programs(seed, eager);
      DeviceReport reused = programs.run("ABCDE");
      StageReport part = Bench.stage(reused, "E");
      assertEquals(Optional.of("C"), part.partOf());
      DeviceReport inPlace = programs.run("ABE");
      assertEquals(Optional.empty(), Bench.stage(inPlace, "E").partOf());
      assertEquals(Bench.stage(inPlace, "E").cycles(), part.cycles());
      for (Command command : Command.values()) {
        assertEquals(
            programs.run("AB").commands().get(command) - inPlace.commands().get(command),
            programs.run("ABCD").commands().get(command) - reused.commands().get(command));
      }
      long before = programs.run("AB").simulatedCycles();
      for (String task : LEADING) {
        TaskReport own = taskOfE(inPlace, task);
        long later = programs.run("ABCD").simulatedCycles() - before;
        assertEquals(
            new TaskReport("E", task, own.startCycle() + later, own.finishCycle() + later),
            taskOfE(reused, task));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOtherStagesAreAsWithoutIt(int seed) {
    DeviceReport reused = new Programs(seed, false).run("ABCDEF");
    Programs always = new Programs(seed, false);
    always.repeatOfE = Stage.Repeat.EVERY_LAYER;
    DeviceReport simulated = always.run("ABCDEF");
    assertEquals(Optional.of("C"), Bench.stage(reused, "E").partOf());
    assertEquals(Optional.empty(), Bench.stage(simulated, "E").partOf());
    for (String stage : List.of("A", "B", "C", "D")) {
      assertEquals(Bench.stage(simulated, stage), Bench.stage(reused, stage));
    }
    assertEquals(simulated.blockCycles(), reused.blockCycles());
    assertEquals(simulated.stalls(), reused.stalls());
    assertEquals(simulated.utilization(), reused.utilization());
    // This memory forgets nothing and knows no rows: all work is done once.
    assertEquals(simulated.traffic(), reused.traffic());
  }

  /** Of E the memory has seen nothing but the NPU's last task, at the end of E. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void stagesFollowEachOtherThoughOneIsNotSimulated(int seed) {
    DeviceReport report = new Programs(seed, false).run("ABCDEF");
    long barrier = 0;
    for (StageReport stage : report.stages()) {
      long begin = barrier;
      long end = barrier + stage.cycles();
      List<TaskReport> tasks =
          report.tasks().stream().filter(t -> t.stage().equals(stage.name())).toList();
      assertEquals(begin, tasks.stream().mapToLong(TaskReport::startCycle).min().orElseThrow());
      assertEquals(end, tasks.stream().mapToLong(TaskReport::finishCycle).max().orElseThrow());
      barrier = end;
    }
    StageReport part = Bench.stage(report, "E");
    assertTrue(part.simulatedCycles() > 0 && part.simulatedCycles() < part.cycles());
    assertEquals(barrier - part.cycles() + part.simulatedCycles(), report.simulatedCycles());
    long f = report.simulatedCycles() - Bench.stage(report, "F").cycles();
    assertEquals(barrier - Bench.stage(report, "F").cycles(), report.taskCycle(f));
    assertEquals(report.taskCycle(f) - 1, report.taskCycle(f - 1));
    long d = f - part.simulatedCycles();
    assertEquals(d - 1, report.taskCycle(d - 1));
  }

  @Test
  void aStageThatTheRestDisturbsIsSimulated() {
    Programs programs = new Programs(1, false);
    programs.tokens = 20_000; // the PIM takes longer than the leading NPU tasks
    DeviceReport report = programs.run("ABCDEF");
    long leading = Bench.task(report, "ffn").finishCycle();
    assertTrue(Bench.task(report, "attend").finishCycle() > leading);
    assertEquals(Optional.empty(), Bench.stage(report, "E").partOf());
    Programs always = new Programs(1, false);
    always.tokens = 20_000;
    always.repeatOfE = Stage.Repeat.EVERY_LAYER;
    DeviceReport simulated = always.run("ABCDEF");
    assertEquals(simulated.tasks(), report.tasks());
    assertEquals(simulated.commands(), report.commands());
  }

  @Test
  void anExchangeOfItsLastTaskIsPartOfIt() {
    Programs programs = new Programs(3, false);
    long alone = Bench.stage(programs.run("ABCDE"), "E").cycles();
    programs.exchange = 777;
    StageReport part = Bench.stage(programs.run("ABCDE"), "E");
    assertEquals(Optional.of("C"), part.partOf());
    assertEquals(alone + 777, part.cycles());
    assertEquals(Bench.stage(programs.run("ABE"), "E").cycles(), part.cycles());
  }

  @Test
  void whatOnlyLooksAlikeIsSimulated() {
    NpuPlan work = Bench.plan(Bench.tile(Unit.MATRIX, 1, 0, 5000, 5000, 1));
    List<Resident> residents = List.of(new Resident(1, 3, 64));
    List<Resident> longer = List.of(new Resident(1, 3, 65));
    List<Resident> elsewhere = List.of(new Resident(1, 4, 64));
    assertEquals(Optional.of("C"), of(base(work, residents).again("C", "1", "2", "pim")));
    // A chain that is no prefix, other requests, another order, one task that waits for less.
    assertEquals(Optional.empty(), of(base(work, residents).again("C", "2", "pim")));
    for (List<Resident> others : List.of(longer, elsewhere)) {
      var other = base(work, residents).again("C", "1", "2").logit("pim", others, 20, 0);
      assertEquals(Optional.empty(), of(other));
    }
    var order = base(work, residents).again("C", "pim").again("C", "1", "2");
    assertEquals(Optional.empty(), of(order));
    var waits = base(work, residents).again("C", "1").again("C", "2").again("C", "pim");
    assertEquals(Optional.empty(), of(waits));
    // The PIM left out: it begins before the NPU's part is over.
    assertEquals(Optional.empty(), of(base(work, residents).again("C", "1", "2")));
  }

  @Test
  void onlyStagesThatRunOnceOutsideTheBlockAreReused() {
    NpuPlan work = Bench.plan(Bench.tile(Unit.MATRIX, 1, 0, 5000, 5000, 1));
    List<Resident> residents = List.of(new Resident(1, 3, 64));
    for (Stage.Repeat repeat : Stage.Repeat.values()) {
      for (boolean inBlock : new boolean[] {false, true}) {
        Bench bench = base(work, residents).again("C", "1", "2", "pim").stage("E", repeat, inBlock);
        boolean once = repeat == Stage.Repeat.ONCE && !inBlock;
        assertEquals(once, Bench.stage(bench.run(), "E").partOf().isPresent());
      }
    }
  }

  @Test
  void theFirstStageFindsTheMemoryAsNoOtherDoes() {
    NpuPlan work = Bench.plan(Bench.tile(Unit.MATRIX, 1, 0, 50, 50, 1));
    Bench bench = new Bench().npu("1", work).stage("A").npu("2", work).stage("B");
    DeviceReport report = bench.again("A", "1").stageOnce("C").again("B", "2").stageOnce("D").run();
    assertEquals(Optional.empty(), Bench.stage(report, "C").partOf());
    assertEquals(Optional.of("B"), Bench.stage(report, "D").partOf());
  }

  private static Bench base(NpuPlan work, List<Resident> residents) {
    Bench bench = new Bench().npu("a", work).stage("A");
    bench.npu("1", work).npu("2", work, 0).npu("3", work, 1).logit("pim", residents, 20, 0);
    return bench.stage("C");
  }

  private static Optional<String> of(Bench bench) {
    return Bench.stage(bench.stageOnce("E").run(), "E").partOf();
  }

  private static TaskReport taskOfE(DeviceReport report, String name) {
    return report.tasks().stream()
        .filter(t -> t.stage().equals("E") && t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Programs of random work, the same whichever of its stages run. */
  private static final class Programs {
    private final int seed;
    private final boolean eager;
    private int tokens = 100;
    private long exchange;
    private Stage.Repeat repeatOfE = Stage.Repeat.ONCE;

    Programs(int seed, boolean eager) {
      this.seed = seed;
      this.eager = eager;
    }

    /** Where C does not run, E stands in its place. */
    DeviceReport run(String stages) {
      Random random = new Random(seed);
      List<Resident> one = residents(random, 0);
      List<Resident> two = residents(random, 100);
      List<NpuPlan> plans = new ArrayList<>();
      for (int p = 0; p < 6; p++) {
        plans.add(plan(random));
      }
      Bench bench = new Bench().on(new StreamMemory(eager, true));
      bench.npu("qkv1", plans.get(0)).stage("A");
      bench.npu("qkv2", plans.get(1)).logit("logit1", one, 30, 700).stage("B");
      boolean whole = stages.contains("C");
      if (whole || stages.contains("E")) {
        bench.npu("proj", plans.get(2)).exchanged(0);
        bench.npu("ffn", plans.get(3), 0).exchanged(exchange);
        if (whole) {
          bench.npu("next", plans.get(4), 1);
        }
        bench.logit("logit", two, 30, 700).attend("attend", two, whole ? 3 : 2);
        bench.stage(whole ? "C" : "E");
      }
      if (stages.contains("D")) {
        bench.npu("ffn2", plans.get(5)).attend("attend1", one).stage("D");
      }
      if (whole && stages.contains("E")) {
        bench.again("C", LEADING).stage("E", repeatOfE, false);
      }
      if (stages.contains("F")) {
        bench.npu("last", plans.get(5)).stageOnce("F");
      }
      return bench.run();
    }

    private List<Resident> residents(Random random, int first) {
      List<Resident> residents = new ArrayList<>();
      for (int r = 0; r < 20; r++) {
        residents.add(new Resident(first + r, random.nextInt(32), 1 + random.nextInt(tokens)));
      }
      return residents;
    }

    private static NpuPlan plan(Random random) {
      NpuTile[] tiles = new NpuTile[8];
      for (int i = 0; i < tiles.length; i++) {
        NpuTile tile = new NpuTile();
        for (int s = 0; s < 20; s++) {
          int load = tile.load(0, random.nextInt(100_000), 1 + random.nextInt(100_000));
          long interval = 50 + random.nextInt(100);
          Unit unit = s == 19 ? Unit.VECTOR : Unit.MATRIX;
          tile.step(unit, load, -1, -1, 0, 9, interval, interval + random.nextInt(300));
          if (random.nextInt(3) == 0) {
            tile.store(s, random.nextInt(100_000), 1 + random.nextInt(40_000));
          }
        }
        tiles[i] = tile;
      }
      return Bench.plan(tiles);
    }
  }
}
