// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.DeviceReport;
import neupims.api.program.PrefillChunk;
import org.junit.jupiter.api.Test;

/** K and V of prompts on their way to their channels, 4 KB a token. */
class AppendTest {
  private static final int TOKEN_BYTES = 2 * 8 * 128 * 2;

  /** Bus cycles in which one channel takes a token: 64 accesses of two. */
  private static final long TOKEN_CYCLES = TOKEN_BYTES / 64 * 2;

  /** A prompt goes as fast as one of the 32 channels writes, not as fast as all of them. */
  @Test
  void aPromptTakesTheTimeOfOneChannelsBus() {
    for (int tokens : new int[] {200, 400, 1600}) {
      long cycles = cycles(new PrefillChunk(1, 5, 0, tokens));
      // its channel also carries its part of what is read: 1/32
      double expected = tokens * TOKEN_CYCLES * 33 / 32.0;
      assertTrue(cycles >= tokens * TOKEN_CYCLES, tokens + " tokens: " + cycles);
      assertEquals(expected, cycles, 0.02 * expected + 100, tokens + " tokens");
    }
  }

  @Test
  void promptsOfDifferentChannelsDoNotWaitForEachOtherThoseOfOneDo() {
    long alone = cycles(new PrefillChunk(1, 5, 0, 500));
    long apart = cycles(new PrefillChunk(1, 5, 0, 500), new PrefillChunk(2, 6, 0, 500));
    long together = cycles(new PrefillChunk(1, 5, 0, 500), new PrefillChunk(2, 5, 0, 500));
    assertEquals(alone, apart, 0.05 * alone);
    assertEquals(2 * alone, together, 0.05 * alone);
  }

  @Test
  void kAndVAreReadOnceAndWrittenOnceBesideTheNpu() {
    Bench bench = new Bench().npu("npu", Bench.plan(Bench.tile(Unit.MATRIX, 0, 0, 9, 100_000, 0)));
    bench.append("append", List.of(new PrefillChunk(1, 5, 300, 500)));
    DeviceReport report = bench.run();
    assertEquals(500L * TOKEN_BYTES, report.traffic().readBytes());
    assertEquals(500L * TOKEN_BYTES, report.traffic().writeBytes());
    assertEquals(0, Bench.task(report, "append").startCycle());
    assertTrue(Bench.task(report, "append").finishCycle() < 100_000, "it waits for nothing");
    assertEquals(100_000, report.blockCycles());
  }

  @Test
  void aProductThatIsTooSmallAndAChannelThatIsNotThereAreRefused() {
    Bench far = new Bench().append("append", List.of(new PrefillChunk(1, 32, 0, 5)));
    assertThrows(IllegalArgumentException.class, far::run);
    Bench large = new Bench();
    large.append("append", List.of(new PrefillChunk(1, 0, 0, 200_000)));
    assertThrows(IllegalArgumentException.class, large::run);
  }

  private static long cycles(PrefillChunk... chunks) {
    return new Bench().append("append", List.of(chunks)).run().blockCycles();
  }
}
