// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

/** Exchanges of partial sums between the tasks of a stage. */
class ExchangeTest {
  private static NpuPlan work(long cycles) {
    return Bench.plan(Bench.tile(Unit.MATRIX, 0, 0, cycles, cycles, 0));
  }

  @Test
  void whoWaitsForATaskWaitsForItsExchangeAndSoDoesTheStage() {
    DeviceReport report =
        new Bench()
            .npu("proj", work(100))
            .exchanged(40)
            .npu("residual", work(10), 0)
            .exchanged(7)
            .stage("A")
            .npu("next", work(5))
            .run();
    assertEquals(140, Bench.task(report, "residual").startCycle());
    assertEquals(157, Bench.task(report, "next").startCycle());
    assertEquals(157, report.stages().get(0).cycles());
  }

  @Test
  void othersGoOnWhileAnExchangeIsUnderWay() {
    DeviceReport report =
        new Bench()
            .npu("1.proj", work(100))
            .exchanged(40)
            .npu("2.proj", work(80))
            .npu("1.residual", work(10), 0)
            .run();
    assertEquals(100, Bench.task(report, "2.proj").startCycle());
    assertEquals(180, Bench.task(report, "1.residual").startCycle());
    assertEquals(190, report.blockCycles());
  }

  @Test
  void thePimHidesAnExchangeAsLongAsItWorks() {
    List<Resident> residents = List.of(new Resident(1, 0, 400));
    long pim = new Bench().logit("mha", residents, 10, 0).run().blockCycles();
    Bench bench = new Bench().logit("mha", residents, 10, 0);
    bench.npu("proj", work(10)).exchanged(pim - 10);
    assertEquals(pim, bench.run().blockCycles());
    bench = new Bench().logit("mha", residents, 10, 0);
    bench.npu("proj", work(10)).exchanged(pim);
    assertEquals(pim + 10, bench.run().blockCycles());
  }

  /**
   * Loads of 40 stripes, and of a copy beside them, which ends before they begin when they wait: so
   * the stage gets longer by less than the exchange.
   */
  @Test
  void whatIsPutOffNoLongerMeetsTheTrafficThatItMetBefore() {
    NpuPlan loads = Bench.plan(Bench.tile(Unit.MATRIX, 40, 0, 1, 1, 0));
    List<PrefillChunk> prompts =
        List.of(new PrefillChunk(1, 3, 0, 8), new PrefillChunk(2, 3, 0, 8));
    long alone = put(loads, prompts, 0);
    long late = put(loads, prompts, 3000);
    assertTrue(late < alone + 3000, late + " of " + alone);
    assertTrue(late >= 3001 + 40 * StreamMemory.STRIPE_CYCLES, late + " of " + alone);
  }

  private static long put(NpuPlan loads, List<PrefillChunk> prompts, long exchange) {
    Bench bench = new Bench().append("append", prompts).npu("proj", work(1)).exchanged(exchange);
    return bench.npu("ffn", loads, 1).run().blockCycles();
  }
}
