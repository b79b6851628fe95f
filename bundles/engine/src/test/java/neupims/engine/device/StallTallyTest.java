// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.hw.Command;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.Transfer;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

/** A stage of 1,000 cycles from cycle 500, put together by hand. */
class StallTallyTest {
  private final StageSpans spans = new StageSpans(32);
  private final MemoryCounters before = new MemoryCounters(32);
  private final MemoryCounters after = new MemoryCounters(32);

  @Test
  void theNpuComputesWaitsForOperandsForThePimAndForTheBarrier() {
    spans.npuTask(500, 700);
    spans.step(550, 600);
    spans.step(590, 650);
    spans.step(800, 900); // a softmax: no task of the NPU
    assertEquals(new UnitCycles(200, 100, 100, 0, 600, 0), stalls().npu());
  }

  @Test
  void aStageWithoutWorkForAUnitIsEmpty() {
    Stalls stalls = stalls();
    UnitCycles empty = new UnitCycles(0, 0, 0, 0, 0, 1000);
    assertEquals(empty, stalls.npu());
    assertEquals(empty, stalls.bus().get(0));
    assertEquals(empty, stalls.pim().get(31));
  }

  @Test
  void aBusCarriesDataWaitsWithRequestsUnderWayAndWithout() {
    Transfer reads = new Transfer(false, 2);
    reads.add(500, 0, 64);
    reads.add(800, 0, 64);
    reads.complete(0, 64, 700);
    reads.complete(1, 64, 900);
    spans.transfer(reads);
    after.addBusCycles(3, 180);
    after.addCommands(3, Command.REF, 1); // 260 cycles of one of two ranks: 130 of the bus
    after.addBusCycles(4, 180);
    List<UnitCycles> bus = stalls().bus();
    assertEquals(new UnitCycles(180, 0, 100, 120, 600, 0), bus.get(3));
    assertEquals(new UnitCycles(180, 120, 100, 0, 600, 0), bus.get(4));
  }

  @Test
  void aPimComputesWaitsForItsRowsForARefreshAndForOthers() {
    GemvBatch batch =
        new GemvBatch(
            GemvBatch.Kind.LOGIT, 8, 128, new Resident[] {new Resident(0, 5, 10)}, new long[1]);
    batch.complete(0, 1100);
    spans.gemvs(batch);
    after.addPimComputeCycles(5, 200);
    after.addPimBusyCycles(5, 500);
    after.addCommands(5, Command.REF, 1); // 600 of 1,000 cycles: 156 of 260
    assertEquals(new UnitCycles(200, 144, 100, 156, 400, 0), stalls().pim().get(5));
  }

  private Stalls stalls() {
    StallTally tally = new StallTally(StreamMemory.spec(1_000_000_000));
    tally.add(spans, 500, 1500, before, after);
    return tally.stalls();
  }
}
