// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.CommandSink;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work that a session refuses, with what its message says. */
class SessionErrorsTest {
  private final Bench bench = new Bench(Memories.neupims());

  @ParameterizedTest
  @CsvSource({
    "-64, 64",
    "1073741824, 64", // 1 GiB a channel, one channel
    "1073741760, 128",
    "0, 0",
    "0, -64"
  })
  void aSlotOutsideTheMemoryIsRefused(long address, int bytes) {
    assertEquals(
        "slot 0 of %d bytes at address %d lies outside the memory of 1073741824 bytes"
            .formatted(bytes, address),
        refusal(0, address, bytes));
  }

  @ParameterizedTest
  @CsvSource({"32, 64", "64, 96"})
  void aSlotThatIsNotMadeOfWholeAccessesIsRefused(long address, int bytes) {
    assertEquals(
        "slot 0 of %d bytes at address %d: both must be multiples of the access size, 64 bytes"
            .formatted(bytes, address),
        refusal(0, address, bytes));
  }

  @Test
  void aSlotInThePastIsRefused() {
    bench.session.advance(100);
    assertEquals("slot 0 starts at cycle 99, it is cycle 100", refusal(99, 0, 64));
  }

  private String refusal(long from, long address, int bytes) {
    return assertThrows(
            IllegalArgumentException.class, () -> bench.range(false, from, address, bytes))
        .getMessage();
  }

  @Test
  void aGemvInThePastIsRefused() {
    bench.session.advance(100);
    assertThrows(
        IllegalArgumentException.class, () -> bench.gemv(GemvBatch.Kind.LOGIT, 32, 1, 128, 0, 99));
  }

  @ParameterizedTest
  @CsvSource({"-1, 32", "32768, 1", "32767, 33"})
  void aTileOutsideItsChannelIsRefused(int tile, int tokens) {
    assertThrows(
        IllegalArgumentException.class,
        () -> bench.gemv(GemvBatch.Kind.LOGIT, tokens, 1, 128, tile, 0));
  }

  @Test
  void aGemvOnPlainMemoryIsRefused() {
    Bench plain = new Bench(Memories.hbm2());
    assertThrows(
        UnsupportedOperationException.class, () -> plain.gemv(GemvBatch.Kind.LOGIT, 32, 1, 128));
  }

  @Test
  void aPimWithoutItsTableIsRefused() {
    MemorySpec spec = Memories.hbm2();
    assertThrows(
        IllegalArgumentException.class,
        () -> DramMemory.open(spec, CommandSink.NONE, new TileLowering()));
  }

  @Test
  void singleRowBufferBesideReadsIsRefused() {
    MemorySpec newton = Memories.newton();
    MemorySpec unblocked = Memories.with(newton, Changed.unblocked(newton.pim().orElseThrow()));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> DramMemory.open(unblocked, CommandSink.NONE, new TileLowering()));
    assertTrue(refused.getMessage().contains("pim.blocked"), refused.getMessage());
  }
}
