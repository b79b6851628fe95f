// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.model.AttentionShape;
import neupims.api.run.StreamPattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** GEMVs of one channel, alone and beside reads, against micro_pim_gemv.csv, bounds of issue 3. */
class MicroGemvTest {
  private static final List<String[]> ROWS = ReferenceFigures.rows("micro_pim_gemv.csv");

  /** Cycles of the GEMVs and of the reads. */
  private static long[] cycles(String[] row) {
    MemorySpec spec = Memories.reference(row[0]);
    Bench bench = new Bench(spec);
    int tokens = Integer.parseInt(row[2]);
    int heads = Integer.parseInt(row[3]);
    int headDim = Integer.parseInt(row[4]);
    int reads = Integer.parseInt(row[5]);
    Transfer transfer = reads > 0 ? bench.stream(StreamPattern.SEQ, reads) : null;
    int tile = Bench.FIRST_TILE;
    long pim = 0;
    List<GemvBatch> batches = new ArrayList<>();
    if (!row[1].equals("attend")) {
      batches.add(bench.gemv(GemvBatch.Kind.LOGIT, tokens, heads, headDim, tile, 0));
      tile +=
          (int)
              new TiledKvLayout(spec.organization())
                  .keyTiles(tokens, AttentionShape.multiHead(heads, headDim));
    }
    if (!row[1].equals("logit")) {
      batches.add(bench.gemv(GemvBatch.Kind.ATTEND, tokens, heads, headDim, tile, 0));
    }
    bench.run();
    for (GemvBatch batch : batches) {
      pim = Math.max(pim, batch.lastDoneCycle());
    }
    return new long[] {pim, transfer == null ? 0 : transfer.lastDoneCycle()};
  }

  private static void assertWithin(long reference, long ours) {
    double bound = reference > 1000 ? 0.05 * reference : Math.max(20, 0.10 * reference);
    assertEquals(reference, ours, bound);
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsWithinItsBound() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    String.join(",", row),
                    () -> {
                      long[] ours = cycles(row);
                      assertWithin(Long.parseLong(row[7]), ours[0]);
                      assertWithin(Long.parseLong(row[8]), ours[1]);
                    }));
  }

  @Test
  void alonePimWorkTakesExactlyTheReferencesCycles() {
    for (String[] row : ROWS) {
      if (row[5].equals("0")) {
        assertEquals(Long.parseLong(row[7]), cycles(row)[0], String.join(",", row));
      }
    }
  }

  @Test
  void meanErrorIsUnderTwoPercent() {
    List<Double> errors = new ArrayList<>();
    for (String[] row : ROWS) {
      long[] ours = cycles(row);
      errors.add(Math.log((double) ours[0] / Long.parseLong(row[7])));
      if (ours[1] > 0) {
        errors.add(Math.log((double) ours[1] / Long.parseLong(row[8])));
      }
    }
    assertTrue(ReferenceFigures.geometricMean(errors) < 2);
  }
}
