// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static neupims.engine.device.Bench.plan;
import static neupims.engine.device.Bench.tile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

/** Order and overlap of tasks. */
class StageTest {
  private static final List<Resident> ONE = List.of(new Resident(1, 3, 64));
  private static final long GEMV =
      StreamMemory.gemvCycles(ONE.get(0), AttentionShape.multiHead(8, 128));

  @Test
  void aStageStartsWhenEveryTaskOfTheOneBeforeIsDone() {
    DeviceReport report =
        new Bench()
            .npu("short", plan(tile(Unit.MATRIX, 0, 0, 10, 10, 0)))
            .attend("long", ONE)
            .stage("A")
            .npu("next", plan(tile(Unit.MATRIX, 0, 0, 10, 10, 0)))
            .stage("B")
            .run();
    long barrier = Bench.task(report, "long").finishCycle();
    assertEquals(10, Bench.task(report, "short").finishCycle());
    assertEquals(barrier, Bench.task(report, "next").startCycle());
    assertEquals(barrier, report.stages().get(0).cycles());
    assertEquals(10, report.stages().get(1).cycles());
    assertEquals(barrier + 10, report.blockCycles());
  }

  @Test
  void npuTasksRunInOrderEvenWithoutDependencies() {
    DeviceReport report =
        new Bench()
            .npu("first", plan(tile(Unit.MATRIX, 0, 0, 10, 400, 0)))
            .npu("second", plan(tile(Unit.VECTOR, 0, 0, 10, 30, 0)))
            .run();
    assertEquals(400, Bench.task(report, "second").startCycle());
    assertEquals(430, report.blockCycles());
  }

  @Test
  void theNpuAndThePimRunSideBySide() {
    DeviceReport report =
        new Bench()
            .npu("gemm", plan(tile(Unit.MATRIX, 0, 0, 5000, 5000, 0)))
            .logit("logit", ONE, 20, 0)
            .run();
    assertEquals(5000, report.blockCycles());
    assertEquals(GEMV + 20, Bench.task(report, "logit").finishCycle());
  }

  @Test
  void aTaskWaitsForTheTasksItNames() {
    DeviceReport report =
        new Bench()
            .logit("logit", ONE, 20, 0)
            .npu("after", plan(tile(Unit.MATRIX, 0, 0, 7, 7, 0)), 0)
            .attend("attend", ONE, 0)
            .run();
    assertEquals(GEMV + 20, Bench.task(report, "after").startCycle());
    assertEquals(GEMV + 20, Bench.task(report, "attend").startCycle());
  }

  @Test
  void softmaxAndTheNpusVectorWorkShareTheVectorUnits() {
    DeviceReport report =
        new Bench()
            .npu("gelu", plan(tile(Unit.VECTOR, 0, 0, 5000, 5000, 0)))
            .logit("logit", ONE, 20, 0)
            .run();
    assertEquals(5000 + 20, Bench.task(report, "logit").finishCycle());
  }

  @Test
  void softmaxOfAResidentDoesNotWaitForTheOthersProducts() {
    List<Resident> two = List.of(new Resident(1, 3, 64), new Resident(2, 3, 64));
    DeviceReport report = new Bench().logit("logit", two, 100, 0).run();
    assertEquals(2 * GEMV + 100, report.blockCycles());
  }

  @Test
  void scoresGoBackIntoTheResidentsChannel() {
    // 4 KiB in one channel are 64 accesses of two cycles.
    DeviceReport report = new Bench().logit("logit", ONE, 20, 4096).run();
    assertEquals(GEMV + 20 + 128, report.blockCycles());
    assertEquals(4096, report.traffic().writeBytes());
  }

  @Test
  void scoresThatLeaveLastWaitForTheLastSoftmaxAndGoOneACycle() {
    List<Resident> two = List.of(new Resident(1, 3, 64), new Resident(2, 4, 64));
    // Both products end at once; the second softmax 20 cycles after the first. An access takes two.
    long last = GEMV + 40;
    assertEquals(last + 2, new Bench().logit("soon", two, 20, 64).run().blockCycles());
    assertEquals(last + 1 + 2, new Bench().logit("late", two, 20, 64, 1).run().blockCycles());
  }

  @Test
  void attentionIsWrittenOnlyForLongerSequencesWhenSaid() {
    List<Resident> two = List.of(new Resident(1, 3, 512), new Resident(2, 4, 513));
    long each = Bench.QUERY_BYTES;
    assertEquals(2 * each, new Bench().attend("a", two).run().traffic().writeBytes());
    var over512 = new Bench().options(false, 512).attend("a", two);
    assertEquals(each, over512.run().traffic().writeBytes());
  }
}
