// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

/** K and V that come over a link on their way into the KV cache, 4 KB a token. */
class ReceiveTest {
  private static final int TOKEN_BYTES = 2 * 8 * 128 * 2;

  /** Bus cycles in which one channel takes a token: 64 accesses of two. */
  private static final long TOKEN_CYCLES = TOKEN_BYTES / 64 * 2;

  @Test
  void aPromptTakesTheTimeInWhichItsChannelWritesIt() {
    for (int tokens : new int[] {1, 200, 1600}) {
      DeviceReport report = run(new PrefillChunk(1, 5, 0, tokens));
      assertEquals(tokens * TOKEN_CYCLES, report.blockCycles(), 0.01 * tokens * TOKEN_CYCLES + 40);
      assertEquals((long) tokens * TOKEN_BYTES, report.traffic().writeBytes());
      assertEquals(0, report.traffic().readBytes(), "nothing is read");
    }
  }

  @Test
  void channelsDoNotWaitForEachOtherThoseOfOneShareIt() {
    long alone = run(new PrefillChunk(1, 5, 0, 500)).blockCycles();
    long apart = run(new PrefillChunk(1, 5, 0, 500), new PrefillChunk(2, 6, 0, 500)).blockCycles();
    long together =
        run(new PrefillChunk(1, 5, 0, 500), new PrefillChunk(2, 5, 0, 500)).blockCycles();
    assertEquals(alone, apart);
    assertEquals(2 * alone, together, 0.02 * alone);
  }

  @Test
  void withoutAChannelItGoesOverAllOfThem() {
    int none = PrefillChunk.NO_CHANNEL;
    DeviceReport report = run(new PrefillChunk(1, none, 0, 900), new PrefillChunk(2, none, 0, 700));
    assertEquals(1600L * TOKEN_BYTES, report.traffic().writeBytes());
    double cycles = 1600 * TOKEN_CYCLES / 32.0;
    assertEquals(cycles, report.blockCycles(), 0.05 * cycles);
  }

  @Test
  void itIsWrittenBesideTheNpuAndMetByTheTokenThatIsDecoded() {
    Bench bench = new Bench().npu("npu", Bench.plan(Bench.tile(Unit.MATRIX, 0, 0, 9, 100_000, 0)));
    bench.receive("receive", new PrefillChunk(1, 5, 0, 500));
    bench.logit("logit", List.of(new Resident(1, 5, 501)), 10, 64);
    DeviceReport report = bench.run();
    assertEquals(0, Bench.task(report, "receive").startCycle());
    assertEquals(
        500 * TOKEN_CYCLES, Bench.task(report, "receive").finishCycle(), 20 * TOKEN_CYCLES);
    assertEquals(100_000, report.blockCycles());
  }

  @Test
  void aChannelThatIsNotThereIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> run(new PrefillChunk(1, 32, 0, 5)).blockCycles());
  }

  private static DeviceReport run(PrefillChunk... chunks) {
    return new Bench().receive("receive", chunks).run();
  }
}
