// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.GemvBatch.Kind;
import neupims.api.hw.PimSpec;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import org.junit.jupiter.api.Test;

class TileLoweringTest {
  private static final PimSpec NEWTON = Memories.referenceNewton().pim().orElseThrow();
  private static final PimSpec NEUPIMS = Memories.referenceNeupims().pim().orElseThrow();

  private static GemvLowering.Cursor cursor(PimSpec pim) {
    return new TileLowering().open(Memories.ORGANIZATION, pim);
  }

  /** Walks a job and returns its instructions by kind. */
  private static int[] walk(GemvLowering.Cursor cursor, Kind kind, int tokens, int heads, int dim) {
    int[] counts = new int[PimInstruction.Kind.values().length];
    PimInstruction instruction = new PimInstruction();
    cursor.start(kind, tokens, AttentionShape.multiHead(heads, dim), 100);
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
      GemvLowering.Cursor cursor = cursor(newton ? NEWTON : NEUPIMS);
      int total = 0;
      for (Kind kind : Kind.values()) {
        if (row[1].equals("both") || row[1].equalsIgnoreCase(kind.name())) {
          int tokens = Integer.parseInt(row[2]);
          int heads = Integer.parseInt(row[3]);
          int dim = Integer.parseInt(row[4]);
          int walked = sum(walk(cursor, kind, tokens, heads, dim));
          assertEquals(
              walked, cursor.instructions(kind, tokens, AttentionShape.multiHead(heads, dim)));
          total += walked;
        }
      }
      assertEquals(Integer.parseInt(row[6]), total, String.join(",", row));
    }
  }

  @Test
  void aLogitOfGpt3HasAGwritePerFourHeadsAndAHeaderPerTileOfTokens() {
    int[] counts = walk(cursor(NEUPIMS), Kind.LOGIT, 300, 8, 128);
    assertEquals(2, counts[PimInstruction.Kind.GWRITE.ordinal()]);
    assertEquals(2 * 10, counts[PimInstruction.Kind.HEADER.ordinal()]);
    assertEquals(2 * 10 * 4, counts[PimInstruction.Kind.COMPUTE.ordinal()]);
  }

  /** Rows of the headers in order, after the instructions have been counted. */
  private static List<Integer> sweep(
      GemvLowering.Cursor cursor, Kind kind, int tokens, AttentionShape shape, int[] counts) {
    List<Integer> rows = new ArrayList<>();
    PimInstruction instruction = new PimInstruction();
    int announced = 0;
    cursor.start(kind, tokens, shape, 100);
    do {
      cursor.next(instruction);
      counts[instruction.kind().ordinal()]++;
      if (instruction.kind() == PimInstruction.Kind.HEADER) {
        announced += instruction.results();
        rows.add(instruction.row());
      }
    } while (!instruction.last());
    assertEquals(sum(counts), cursor.instructions(kind, tokens, shape));
    assertEquals(announced, cursor.results(kind, tokens, shape));
    return rows;
  }

  private static AttentionShape grouped(int heads, int kvHeads, int headDim, DataType kv) {
    return new AttentionShape(heads, kvHeads, headDim, DataType.FP16, kv);
  }

  @Test
  void rowsAreSweptOncePerQueryHeadOfAKvHead() {
    AttentionShape shape = grouped(16, 4, 128, DataType.FP16);
    int[] counts = new int[4];
    List<Integer> rows = sweep(cursor(NEUPIMS), Kind.LOGIT, 90, shape, counts);
    // Four KV heads fill a row: one chunk of three tiles of tokens, swept by four operands.
    assertEquals(List.of(100, 101, 102, 100, 101, 102, 100, 101, 102, 100, 101, 102), rows);
    assertEquals(4, counts[PimInstruction.Kind.GWRITE.ordinal()]);
    assertEquals(16 * 3, counts[PimInstruction.Kind.COMPUTE.ordinal()]);
    int[] ofValues = new int[4];
    rows = sweep(cursor(NEUPIMS), Kind.ATTEND, 90, shape, ofValues);
    assertEquals(List.of(100, 101, 102, 103, 100, 101, 102, 103), rows.subList(0, 8));
    assertEquals(115, rows.stream().mapToInt(r -> r).max().orElseThrow());
    assertEquals(16, ofValues[PimInstruction.Kind.GWRITE.ordinal()]);
    assertEquals(16 * 4, ofValues[PimInstruction.Kind.COMPUTE.ordinal()]);
  }

  @Test
  void sharedHeadsTakeTheKvHeadsRowsAndAsManyComputeStepsAsHeadsOfTheirOwn() {
    TiledKvLayout layout = new TiledKvLayout(Memories.ORGANIZATION);
    AttentionShape shared = grouped(32, 8, 128, DataType.FP16);
    AttentionShape own = AttentionShape.multiHead(32, 128);
    for (int tokens : new int[] {1, 32, 300, 2048}) {
      assertEquals(layout.keyTiles(tokens, own), 4 * layout.keyTiles(tokens, shared));
      assertEquals(layout.valueTiles(tokens, own), 4 * layout.valueTiles(tokens, shared));
      for (Kind kind : Kind.values()) {
        int[] ofShared = new int[4];
        int[] ofOwn = new int[4];
        sweep(cursor(NEWTON), kind, tokens, shared, ofShared);
        sweep(cursor(NEWTON), kind, tokens, own, ofOwn);
        assertArrayEquals(ofOwn, ofShared, kind + " of " + tokens);
      }
    }
  }

  @Test
  void tokensShareARowOfKThatFewKvHeadsLeaveEmpty() {
    TiledKvLayout layout = new TiledKvLayout(Memories.ORGANIZATION);
    AttentionShape shape = grouped(8, 2, 128, DataType.FP16);
    assertEquals(64, layout.keyPageTokens(shape));
    assertEquals(5, layout.keyTiles(300, shape));
    int[] counts = new int[4];
    List<Integer> rows = sweep(cursor(NEUPIMS), Kind.LOGIT, 300, shape, counts);
    assertEquals(4 * 5, rows.size());
    // 300 tokens are ten fulls of 32 banks, however many of them share a row.
    assertEquals(8 * 10, counts[PimInstruction.Kind.COMPUTE.ordinal()]);
    assertEquals(32, layout.keyPageTokens(AttentionShape.multiHead(2, 128)));
    assertEquals(8 * 32, layout.keyPageTokens(grouped(71, 1, 64, DataType.FP16)));
  }

  @Test
  void aBufferOfSeveralOperandsSweepsRowsOnceForAllOfThem() {
    AttentionShape shape = grouped(24, 4, 128, DataType.FP16);
    GemvLowering.Cursor four = cursor(Changed.operandRows(NEUPIMS, 4));
    int[] counts = new int[4];
    List<Integer> rows = sweep(four, Kind.LOGIT, 64, shape, counts);
    // Six operands: four, then two.
    assertEquals(List.of(100, 101, 100, 101), rows);
    assertEquals(6, counts[PimInstruction.Kind.GWRITE.ordinal()]);
    assertEquals(24 * 2, counts[PimInstruction.Kind.COMPUTE.ordinal()]);
    assertEquals(4 * 2 * 4, sweep(four, Kind.ATTEND, 64, shape, new int[4]).size());
  }

  @Test
  void halfTheBytesAreHalfTheRowsAndAsManySteps() {
    TiledKvLayout layout = new TiledKvLayout(Memories.ORGANIZATION);
    AttentionShape narrow = grouped(8, 8, 128, DataType.FP8);
    AttentionShape wide = grouped(8, 8, 128, DataType.BF16);
    assertEquals(1024, layout.valuePageTokens(narrow));
    assertEquals(layout.keyTiles(2048, wide), 2 * layout.keyTiles(2048, narrow));
    assertEquals(layout.valueTiles(2048, wide), 2 * layout.valueTiles(2048, narrow));
    int[] ofNarrow = new int[4];
    int[] ofWide = new int[4];
    sweep(cursor(NEWTON), Kind.LOGIT, 2048, narrow, ofNarrow);
    sweep(cursor(NEWTON), Kind.LOGIT, 2048, wide, ofWide);
    int compute = PimInstruction.Kind.COMPUTE.ordinal();
    assertEquals(ofWide[compute], ofNarrow[compute]);
  }

  @Test
  void resultReadsAreWhatTheCursorSays() {
    GemvLowering.Cursor cursor = cursor(NEWTON);
    for (Kind kind : Kind.values()) {
      int[] counts = walk(cursor, kind, 1300, 10, 64);
      int results = counts[PimInstruction.Kind.READ_RESULT.ordinal()];
      assertEquals(results, cursor.results(kind, 1300, AttentionShape.multiHead(10, 64)));
      assertTrue(results > 0);
    }
  }
}
