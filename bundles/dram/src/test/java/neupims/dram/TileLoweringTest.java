// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.GemvBatch.Kind;
import neupims.api.hw.PimSpec;
import org.junit.jupiter.api.Test;

class TileLoweringTest {
  private static GemvLowering.Cursor cursor(PimSpec pim) {
    return new TileLowering().open(TestMemories.HBM2, pim);
  }

  /** Walks a job and returns its instructions by kind. */
  private static int[] walk(GemvLowering.Cursor cursor, Kind kind, int tokens, int heads, int dim) {
    int[] counts = new int[PimInstruction.Kind.values().length];
    PimInstruction instruction = new PimInstruction();
    cursor.start(kind, tokens, heads, dim, 100);
    int row = 99;
    do {
      cursor.next(instruction);
      counts[instruction.kind().ordinal()]++;
      if (instruction.kind() == PimInstruction.Kind.HEADER) {
        assertEquals(++row, instruction.row());
      }
    } while (!instruction.last());
    return counts;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  @Test
  void everyReferenceRowHasTheReferencesInstructions() {
    for (String[] row : ReferenceFigures.rows("micro_pim_gemv.csv")) {
      boolean newton = row[0].equals("pim-newton");
      GemvLowering.Cursor cursor = cursor(newton ? TestMemories.NEWTON : TestMemories.NEUPIMS);
      int total = 0;
      for (Kind kind : Kind.values()) {
        if (row[1].equals("both") || row[1].equalsIgnoreCase(kind.name())) {
          int tokens = Integer.parseInt(row[2]);
          int heads = Integer.parseInt(row[3]);
          int dim = Integer.parseInt(row[4]);
          int walked = sum(walk(cursor, kind, tokens, heads, dim));
          assertEquals(walked, cursor.instructions(kind, tokens, heads, dim));
          total += walked;
        }
      }
      assertEquals(Integer.parseInt(row[6]), total, String.join(",", row));
    }
  }

  @Test
  void aLogitOfGpt3HasAGwritePerFourHeadsAndAHeaderPerTileOfTokens() {
    int[] counts = walk(cursor(TestMemories.NEUPIMS), Kind.LOGIT, 300, 8, 128);
    assertEquals(2, counts[PimInstruction.Kind.GWRITE.ordinal()]);
    assertEquals(2 * 10, counts[PimInstruction.Kind.HEADER.ordinal()]);
    assertEquals(2 * 10 * 4, counts[PimInstruction.Kind.COMPUTE.ordinal()]);
  }

  @Test
  void headersAreWhatTheCursorSays() {
    GemvLowering.Cursor cursor = cursor(TestMemories.NEWTON);
    for (Kind kind : Kind.values()) {
      int[] counts = walk(cursor, kind, 1300, 10, 64);
      int headers = counts[PimInstruction.Kind.HEADER.ordinal()];
      assertEquals(headers, cursor.headers(kind, 1300, 10, 64));
      assertTrue(headers > 0);
    }
  }
}
