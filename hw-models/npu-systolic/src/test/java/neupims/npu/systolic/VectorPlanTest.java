// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.model.DataType;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.api.program.VectorOp;
import org.junit.jupiter.api.Test;

/** Vector work against the formulas of facts/neupims.md, section 2. */
class VectorPlanTest {
  // A pass over 4096 values on 128 lanes takes 32 cycles, a tree pass 7 levels more.
  private static final long PASS = 32;
  private static final long TREE = 32 + 7;

  @Test
  void aRowTakesThePassesOfItsOperation() {
    VectorTiming timing = VectorTiming.of(Npus.npu());
    assertEquals(2 * TREE + 5 * PASS + 3, timing.row(VectorOp.LAYER_NORM, 4096));
    assertEquals(2 * TREE + 3 * PASS, timing.row(VectorOp.SOFTMAX, 4096));
    assertEquals(PASS, timing.row(VectorOp.GELU, 4096));
    assertEquals(PASS, timing.row(VectorOp.RESIDUAL_ADD, 4096));
    assertEquals(1, timing.row(VectorOp.GELU, 1));
    // Square, scale by the root, scale by the weight; one tree instead of two.
    assertEquals(TREE + 3 * PASS + 2, timing.row(VectorOp.RMS_NORM, 4096));
    assertEquals(2 * PASS, timing.row(VectorOp.SWIGLU, 4096));
    assertEquals(PASS, timing.row(VectorOp.RELU, 4096));
  }

  @Test
  void eightUnitsTakeEightRowsAtATime() {
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Vector(VectorOp.GELU, 20, 4096));
    assertEquals(3, Npus.only(plan).steps());
    assertEquals(3 * PASS, Npus.busyCycles(plan));
    assertEquals(20 * 8192, Npus.loadedBytes(plan, 0));
    assertEquals(20 * 8192, Npus.storedBytes(plan));
  }

  @Test
  void aWeightedSumReadsATokensResultsAndStoresOneRow() {
    Kernel.ExpertSum sum = new Kernel.ExpertSum(20, 4, 4096, DataType.BF16);
    NpuPlan plan = Npus.plan(Npus.npu(), sum);
    assertEquals(20 * 4 * 8192, Npus.loadedBytes(plan, 0));
    assertEquals(20 * 8192, Npus.storedBytes(plan));
    // Four products and three sums, for eight tokens at a time.
    assertEquals(3 * 7 * PASS, Npus.busyCycles(plan));
  }

  @Test
  void aGateReadsBothInputsInTheirFormat() {
    NpuPlan plan =
        Npus.plan(Npus.npu(), new Kernel.Vector(VectorOp.SWIGLU, 20, 4096, DataType.FP8));
    assertEquals(20 * 4096, Npus.loadedBytes(plan, 0));
    assertEquals(20 * 4096, Npus.loadedBytes(plan, 1));
    assertEquals(20 * 4096, Npus.storedBytes(plan));
  }

  @Test
  void aResidualAddLoadsBothInputs() {
    NpuPlan plan = Npus.plan(Npus.npu(), new Kernel.Vector(VectorOp.RESIDUAL_ADD, 20, 4096));
    assertEquals(20 * 8192, Npus.loadedBytes(plan, 0));
    assertEquals(20 * 8192, Npus.loadedBytes(plan, 1));
  }

  @Test
  void rowsThatDoNotFitHalfTheScratchpadAreCutIntoTiles() {
    var npu = Npus.npu(Map.of(), 2 * 16 * 8192);
    NpuPlan plan = Npus.plan(npu, new Kernel.Vector(VectorOp.GELU, 40, 4096));
    assertEquals(3, plan.tiles().size());
    var tiny = Npus.npu(Map.of(), 2 * 7 * 8192);
    var kernel = new Kernel.Vector(VectorOp.GELU, 40, 4096);
    assertThrows(IllegalArgumentException.class, () -> Npus.plan(tiny, kernel));
  }

  @Test
  void aRowIsOneValueWhenItsSizeIsLost() {
    var npu = Npus.npu(Map.of("vectorSizeLost", true));
    NpuPlan plan = Npus.plan(npu, new Kernel.Vector(VectorOp.LAYER_NORM, 256, 4096));
    assertEquals(256, Npus.only(plan).steps());
    assertEquals(256 * (2 * 8 + 5 + 3), Npus.busyCycles(plan));
  }

  @Test
  void aNormLoadsItsShiftAndScaleWithItsBias() {
    var npu = Npus.npu(Map.of("biasLoads", true));
    NpuPlan plan = Npus.plan(npu, new Kernel.Vector(VectorOp.LAYER_NORM, 20, 4096));
    assertEquals(22 * 8192, Npus.loadedBytes(plan, 0));
    NpuPlan gelu = Npus.plan(npu, new Kernel.Vector(VectorOp.GELU, 20, 4096));
    assertEquals(20 * 8192, Npus.loadedBytes(gelu, 0));
  }

  @Test
  void softmaxPutsAHeadOnEachUnitAndStoresItsScores() {
    NpuTile tile = Npus.only(Npus.plan(Npus.npu(), logit(9, 512)));
    // 512 values: 4 cycles a pass; the ninth head comes after the eighth.
    assertEquals(2 * (2 * (4 + 7) + 3 * 4), tile.latency(0));
    assertEquals(tile.latency(0), tile.interval(0));
    assertEquals(0, tile.loads());
    assertEquals(9 * 512 * 2, tile.storeBytes(0));
  }

  @Test
  void softmaxOfBytesTakesTheTimeOfTwiceTheValues() {
    var npu = Npus.npu(Map.of("softmaxCountsBytes", true));
    NpuTile bytes = Npus.only(Npus.plan(npu, logit(8, 512)));
    NpuTile values = Npus.only(Npus.plan(Npus.npu(), logit(8, 1024)));
    assertEquals(values.latency(0), bytes.latency(0));
  }

  @Test
  void aUnitThatIsNeverBusyIsFreeAtOnce() {
    var npu = Npus.npu(Map.of("vectorUnitsNeverBusy", true));
    assertEquals(0, Npus.only(Npus.plan(npu, logit(8, 512))).interval(0));
    var gelu = new Kernel.Vector(VectorOp.GELU, 8, 4096);
    assertEquals(0, Npus.only(Npus.plan(npu, gelu)).interval(0));
  }

  @Test
  void aHeadsScoresAreAStoreEachWhenTheyLeaveLast() {
    var npu = Npus.npu(Map.of("lastScoresPerCycle", 1L));
    NpuPlan plan = Npus.plan(npu, logit(8, 100));
    assertEquals(8, Npus.only(plan).stores());
    assertEquals(200, Npus.only(plan).storeBytes(7));
    assertEquals(1, plan.issue().lastStoresPerCycle());
  }

  private static Kernel.PimLogitSoftmax logit(int heads, int tokens) {
    return new Kernel.PimLogitSoftmax(List.of(new Resident(1, 0, tokens)), heads, 128);
  }
}
