// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of matrix products against the formulas of reference/README.md, section NPU. */
class GemmPlanTest {
  @ParameterizedTest
  @CsvSource({"128,128,128", "256,4096,4096", "512,1024,4096", "4,4096,3072"})
  void aStationaryBlockCosts128And16ForEveryFurtherBlockOfWeights(int m, int k, int n) {
    long groups = blocks(m) * blocks(k);
    long group = 128 + 16 * (blocks(n) - 1);
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Gemm(m, k, n));
    assertEquals(groups * group, Npus.busyCycles(plan));
  }

  @ParameterizedTest
  @CsvSource({"128,128,128", "256,4096,4096", "512,1024,4096"})
  void anExposedStationaryBlockCosts271(int m, int k, int n) {
    long groups = blocks(m) * blocks(k);
    long group = 271 + 16 * (blocks(n) - 1);
    NpuPlan plan = Npus.plan(Npus.npu(Map.of("exposedPreload", true)), new Kernel.Gemm(m, k, n));
    assertEquals(groups * group, Npus.busyCycles(plan));
  }

  @Test
  void theFirstStepComes255AfterItsOperandsAndItsResult270AfterThat() {
    NpuTile tile = Npus.only(Npus.plan(Npus.npu(), new Kernel.Gemm(128, 128, 128)));
    assertEquals(255, tile.fill(0));
    assertEquals(270, tile.latency(0));
  }

  @Test
  void noProductIsFasterThanThePeak() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      Kernel.Gemm gemm =
          new Kernel.Gemm(
              1 + random.nextInt(600), 1 + random.nextInt(5000), 1 + random.nextInt(5000));
      NpuPlan plan = Npus.plan(Npus.npu(), gemm);
      assertEquals((long) gemm.rows() * gemm.inner() * gemm.columns(), plan.macs());
      assertTrue(Npus.busyCycles(plan) * Npus.npu().peakMacsPerCycle() >= plan.macs());
    }
  }

  @Test
  void everyByteOfTheOperandsIsLoadedOnceAndOfTheResultStoredOnceInOneTile() {
    int m = 300;
    int k = 1000;
    int n = 700;
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Gemm(m, k, n));
    NpuTile tile = Npus.only(plan);
    BitSet activations = new BitSet();
    BitSet weights = new BitSet();
    for (int l = 0; l < tile.loads(); l++) {
      mark(tile.loadOperand(l) == 0 ? activations : weights, tile.loadOffset(l), tile.loadBytes(l));
    }
    BitSet result = new BitSet();
    for (int s = 0; s < tile.stores(); s++) {
      mark(result, tile.storeOffset(s), tile.storeBytes(s));
    }
    assertEquals(2 * m * k, activations.cardinality());
    assertEquals(2 * m * k, activations.length());
    assertEquals(2 * k * n, weights.cardinality());
    assertEquals(2 * k * n, weights.length());
    assertEquals(2 * m * n, result.cardinality());
    assertEquals(2 * m * n, result.length());
  }

  @Test
  void aResultIsStoredAfterTheLastInnerBlock() {
    NpuTile tile = Npus.only(Npus.plan(Npus.npu(), new Kernel.Gemm(128, 512, 256)));
    // Four inner blocks of two column blocks each: the last two steps of eight.
    assertEquals(6, tile.storeStep(0));
    assertEquals(7, tile.storeStep(1));
  }

  @Test
  void aShareOfTheResultIsStoredWhenAsked() {
    Kernel.Gemm gemm = new Kernel.Gemm(256, 1024, 4096);
    NpuPlan plan = Npus.plan(Npus.npu(Map.of("resultShareWritten", 16L)), gemm);
    assertEquals(2L * 256 * 4096 / 16, Npus.storedBytes(plan));
  }

  private static void mark(BitSet bytes, long offset, int count) {
    int from = Math.toIntExact(offset);
    assertEquals(-1, bytes.get(from, from + count).nextSetBit(0), "bytes twice");
    bytes.set(from, from + count);
  }

  private static long blocks(int dimension) {
    return (dimension + 127) / 128;
  }
}
