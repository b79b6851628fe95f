// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import org.junit.jupiter.api.Test;

/** Attention of prompts on NeuPIMs' NPU: blocks of 128 x 128, one every 16 cycles. */
class PrefillPlanTest {
  private static final AttentionShape EIGHT_HEADS = AttentionShape.multiHead(8, 128);

  @Test
  void everyTokenAttendsToItsContextToThoseBeforeItAndToItself() {
    // Token by token: 8 heads of 128 values, K and V.
    long expected = 0;
    for (int token = 1; token <= 300; token++) {
      expected += 2L * 8 * 128 * (50 + token);
    }
    assertEquals(expected, plan(chunk(50, 300)).macs());
  }

  @Test
  void aPromptReadsItsOwnKeysAndValuesAndNoCache() {
    NpuPlan plan = plan(chunk(0, 300));
    assertEquals(0, loaded(plan, NpuTile.KV_CACHE));
    assertEquals(3L * 300 * 8 * 128 * 2, loaded(plan, 0));
    assertEquals(300L * 8 * 128 * 2, stored(plan));
  }

  @Test
  void aChunkReadsItsContextFromTheCache() {
    NpuPlan plan = plan(chunk(500, 100), chunk(20, 10));
    assertEquals(2L * 520 * 8 * 128 * 2, loaded(plan, NpuTile.KV_CACHE));
    assertEquals(3L * 110 * 8 * 128 * 2, loaded(plan, 0));
  }

  @Test
  void queryHeadsOfAKvHeadShareItsKeysAndValues() {
    AttentionShape grouped = new AttentionShape(8, 2, 128, DataType.FP16, DataType.FP16);
    NpuPlan plan = plan(grouped, chunk(64, 64));
    assertEquals(2L * 64 * 2 * 128 * 2, loaded(plan, NpuTile.KV_CACHE));
    assertEquals(64L * (8 + 2 + 2) * 128 * 2, loaded(plan, 0));
    assertEquals(64L * 8 * 128 * 2, stored(plan));
  }

  @Test
  void blocksBeyondTheMaskTakeNoTime() {
    // Blocks of queries meet 1, 2, 3 blocks of keys: 6 for each product and head.
    assertEquals(2 * 8 * 6 * 16, matrixCycles(plan(chunk(0, 384))));
    // With a context of a block more each.
    assertEquals(2 * 8 * 9 * 16, matrixCycles(plan(chunk(128, 384))));
    assertEquals(2 * 8 * 1 * 16, matrixCycles(plan(chunk(0, 2))));
  }

  @Test
  void loadsAndStoresStayWithinTheirRows() {
    Kernel.PrefillAttention kernel =
        new Kernel.PrefillAttention(
            List.of(chunk(30, 20), chunk(0, 40)), 100, 160, false, EIGHT_HEADS);
    NpuPlan plan = new SystolicNpu().plan(Npus.npu(), kernel);
    long queries = 160L * 8 * 128 * 2;
    for (NpuTile tile : plan.tiles()) {
      for (int load = 0; load < tile.loads(); load++) {
        long limit = tile.loadOperand(load) == 0 ? 3 * queries : 2L * 30 * 8 * 128 * 2;
        assertTrue(tile.loadOffset(load) + tile.loadBytes(load) <= limit);
      }
      for (int store = 0; store < tile.stores(); store++) {
        assertTrue(tile.storeOffset(store) >= 100L * 8 * 128 * 2);
        assertTrue(tile.storeOffset(store) + tile.storeBytes(store) <= queries);
      }
    }
  }

  private static PrefillChunk chunk(int context, int tokens) {
    return new PrefillChunk(1, 0, context, tokens);
  }

  private static NpuPlan plan(PrefillChunk... chunks) {
    return plan(EIGHT_HEADS, chunks);
  }

  private static NpuPlan plan(AttentionShape shape, PrefillChunk... chunks) {
    int rows = List.of(chunks).stream().mapToInt(PrefillChunk::tokens).sum();
    var kernel = new Kernel.PrefillAttention(List.of(chunks), 0, rows, false, shape);
    return new SystolicNpu().plan(Npus.npu(), kernel);
  }

  private static long loaded(NpuPlan plan, int operand) {
    long bytes = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int load = 0; load < tile.loads(); load++) {
        bytes += tile.loadOperand(load) == operand ? tile.loadBytes(load) : 0;
      }
    }
    return bytes;
  }

  private static long stored(NpuPlan plan) {
    long bytes = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int store = 0; store < tile.stores(); store++) {
        bytes += tile.storeBytes(store);
      }
    }
    return bytes;
  }

  private static long matrixCycles(NpuPlan plan) {
    long cycles = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int step = 0; step < tile.steps(); step++) {
        cycles += tile.unit(step) == NpuTile.Unit.MATRIX ? tile.interval(step) : 0;
      }
    }
    return cycles;
  }
}
