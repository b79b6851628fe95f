// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.model.DataType;
import neupims.api.program.ExpertRows;
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
  void bytesFollowTheFormatsAndCyclesDoNot() {
    Kernel.Gemm fp16 = new Kernel.Gemm(64, 1024, 2048);
    Kernel.Gemm mixed = new Kernel.Gemm(64, 1024, 2048, DataType.BF16, DataType.INT8);
    NpuPlan wide = Npus.plan(Npus.npu(), fp16);
    NpuPlan narrow = Npus.plan(Npus.npu(), mixed);
    assertEquals(Npus.loadedBytes(wide, 0), Npus.loadedBytes(narrow, 0));
    assertEquals(1024 * 2048, Npus.loadedBytes(narrow, 1));
    assertEquals(2 * 64 * 2048, Npus.storedBytes(narrow));
    assertEquals(Npus.busyCycles(wide), Npus.busyCycles(narrow));
  }

  @Test
  void onlyExpertsWithTokensLoadTheirWeights() {
    List<ExpertRows> rows = List.of(new ExpertRows(1, 3), new ExpertRows(6, 130));
    Kernel.ExpertGemm experts =
        new Kernel.ExpertGemm(rows, 133, 256, 384, DataType.FP16, DataType.FP8);
    NpuPlan plan = Npus.plan(Npus.npu(), experts);
    assertEquals(133L * 256 * 384, plan.macs());
    assertEquals(133 * 256 * 2, Npus.loadedBytes(plan, 0));
    assertEquals(2 * 256 * 384, Npus.loadedBytes(plan, 1));
    assertEquals(133 * 384 * 2, Npus.storedBytes(plan));
    long matrix = 256 * 384;
    for (NpuTile tile : plan.tiles()) {
      for (int l = 0; l < tile.loads(); l++) {
        long expert = tile.loadOffset(l) / matrix;
        assertTrue(tile.loadOperand(l) == 0 || expert == 1 || expert == 6, "expert " + expert);
      }
    }
    long alone =
        Npus.busyCycles(Npus.plan(Npus.npu(), new Kernel.Gemm(3, 256, 384)))
            + Npus.busyCycles(Npus.plan(Npus.npu(), new Kernel.Gemm(130, 256, 384)));
    assertEquals(alone, Npus.busyCycles(plan));
  }

  @Test
  void expertsGatherTheirRowsFromWhatThereIs() {
    List<ExpertRows> rows =
        List.of(new ExpertRows(0, 4), new ExpertRows(1, 5), new ExpertRows(2, 3));
    Kernel.ExpertGemm experts =
        new Kernel.ExpertGemm(rows, 6, 256, 128, DataType.FP16, DataType.FP16);
    NpuPlan plan = Npus.plan(Npus.npu(), experts);
    assertEquals(12 * 256 * 2, Npus.loadedBytes(plan, 0));
    for (NpuTile tile : plan.tiles()) {
      for (int l = 0; l < tile.loads(); l++) {
        boolean inside = tile.loadOffset(l) + tile.loadBytes(l) <= 6 * 256 * 2;
        assertTrue(tile.loadOperand(l) == 1 || inside);
      }
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
  void withIndicesSwappedOnlyAsManyColumnsAsThereAreRowsAreStored() {
    var npu = Npus.npu(Map.of("resultIndicesSwapped", true));
    // 128 rows a block are within bounds whether they exist or not.
    assertEquals(2L * 64 * 128, Npus.storedBytes(Npus.plan(npu, new Kernel.Gemm(64, 512, 4096))));
    assertEquals(2L * 256 * 256, Npus.storedBytes(Npus.plan(npu, new Kernel.Gemm(256, 512, 4096))));
    NpuTile narrow = Npus.only(Npus.plan(npu, new Kernel.Gemm(129, 512, 128)));
    for (int s = 0; s < narrow.stores(); s++) {
      assertTrue(narrow.storeOffset(s) + narrow.storeBytes(s) <= 2L * 129 * 128);
    }
  }

  @Test
  void aBiasIsLoadedForEveryBlockOfRowsAndNothingWaitsForIt() {
    var npu = Npus.npu(Map.of("biasLoads", true));
    NpuTile tile = Npus.only(Npus.plan(npu, new Kernel.Gemm(300, 256, 256)));
    for (int l = 0; l < 3; l++) {
      assertEquals(256, tile.loadBytes(l));
    }
    for (int s = 0; s < tile.steps(); s++) {
      assertTrue(tile.firstLoad(s) >= 3 && tile.secondLoad(s) >= 3);
    }
  }

  @Test
  void weightsAreLoadedBeforeTheActivationsTheyMeet() {
    NpuTile tile = Npus.only(Npus.plan(Npus.npu(), new Kernel.Gemm(128, 256, 256)));
    int[] operands = {1, 0, 1, 1, 0, 1};
    assertEquals(operands.length, tile.loads());
    for (int l = 0; l < operands.length; l++) {
      assertEquals(operands[l], tile.loadOperand(l));
    }
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
