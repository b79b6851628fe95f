// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import neupims.api.hw.NpuPlan;
import neupims.api.program.Kernel;
import org.junit.jupiter.api.Test;

class TilingTest {
  private static final long HALF = 134_218L * 1024 / 2;

  @Test
  void everyProductOfGpt3With7BillionParametersIsOneTile() {
    for (int m : new int[] {4, 128, 512}) {
      assertEquals(new Tiling(up(m), 4096, 4096), tiling(m, 4096, 4096));
      assertEquals(new Tiling(up(m), 4096, 3072), tiling(m, 4096, 3072));
    }
  }

  @Test
  void theLargestDimensionIsHalvedUntilTheTileFitsHalfTheScratchpad() {
    // 12288 x 6144 weights are 151 MB: 12288 -> 6144 leaves 75 MB + 3 MB + 3 MB, over 68.7 MB; of
    // the equal 6144 x 6144 the columns go first.
    assertEquals(new Tiling(256, 6144, 3072), tiling(256, 12288, 6144));
  }

  @Test
  void noTileExceedsHalfTheScratchpad() {
    for (int n = 128; n < 60_000; n += 4096) {
      Tiling t = tiling(512, 12288, n);
      long values =
          (long) t.rows() * t.inner() + (long) t.inner() * t.columns() + t.rows() * t.columns();
      assertTrue(2 * values <= HALF, t.toString());
    }
  }

  @Test
  void weightsAreLoadedOnceHoweverOftenTheyAreCut() {
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Gemm(256, 12288, 6144));
    assertTrue(plan.tiles().size() > 1);
    assertEquals(2L * 12288 * 6144, Npus.loadedBytes(plan, 1));
    assertEquals(2L * 256 * 6144, Npus.storedBytes(plan));
  }

  @Test
  void aScratchpadWithoutRoomForABlockIsRefused() {
    // A block of 128 x 128 x 128 takes 3 x 32 KiB in half of the buffer.
    var npu = Npus.npu(Map.of(), 2 * 3 * 32 * 1024 - 1);
    var gemm = new Kernel.Gemm(128, 128, 128);
    var e = assertThrows(IllegalArgumentException.class, () -> Npus.plan(npu, gemm));
    assertTrue(e.getMessage().contains("scratchpad"), e.getMessage());
  }

  private static Tiling tiling(int m, int k, int n) {
    return Tiling.of(Npus.npu(), new Kernel.Gemm(m, k, n));
  }

  private static int up(int m) {
    return (m + 127) / 128 * 128;
  }
}
