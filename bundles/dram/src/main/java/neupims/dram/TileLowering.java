// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.model.AttentionShape;

/**
 * Newton's lowering as NeuPIMs uses it, facts sec. 4. A tile is one row of every bank.
 *
 * <ul>
 *   <li>K q: tokens over the banks, head values along the row. For each row-full of KV heads one
 *       GWRITE of q; for each tile of tokens a HEADER, then per head headDim / multipliers steps
 *       and a result read.
 *   <li>logit V: head values over the banks, tokens along the row. For each KV head and row-full of
 *       tokens one GWRITE of the logits; for each tile of head values a HEADER, then tokens /
 *       multipliers steps and a result read. The header announces the steps rounded up to a power
 *       of two [R].
 * </ul>
 *
 * Query heads that share a KV head have an operand each, and the tiles of a row-full are swept once
 * for as many operands as the global buffer holds: with one, rows are activated once per query head
 * (ASSUMED; the published lowering has no shared heads).
 *
 * <p>With composite commands the steps and their result read are one instruction, else every step
 * is.
 */
public final class TileLowering implements GemvLowering {
  /** A lowering for any PIM of this kind. */
  public TileLowering() {}

  @Override
  public Cursor open(Organization organization, PimSpec pim) {
    return new Tiles(new TileShape(organization), pim);
  }

  /**
   * Tiles of a job in order: row-full, sweep over its tiles, tile, then the vectors of the tile.
   */
  private static final class Tiles implements Cursor {
    private final TileShape tileShape;
    private final int multipliers;
    private final boolean composite;
    private final int operandRows;

    private GemvBatch.Kind kind;
    private int sequenceTokens;
    private AttentionShape shape;
    private int firstRow;
    private int chunks;
    private int tiles;
    private int chunk;
    private int sweptQueries;
    private int operands;
    private int operandsLeft;
    private int tile;
    private int vectors;
    private int vector;
    private int stepsOfVector;
    private int stepsLeft;
    private Next next;

    /** What comes next. */
    private enum Next {
      GWRITE,
      HEADER,
      VECTOR,
      RESULT
    }

    Tiles(TileShape tileShape, PimSpec pim) {
      this.tileShape = tileShape;
      multipliers = pim.multipliersPerBank();
      composite = pim.compositeCommands();
      operandRows = pim.operandRows();
    }

    @Override
    public void start(GemvBatch.Kind ofKind, int tokens, AttentionShape ofShape, int fromRow) {
      kind = ofKind;
      sequenceTokens = tokens;
      shape = ofShape;
      firstRow = fromRow;
      chunks = chunks(kind, tokens, shape);
      tiles = tilesOfChunk(kind, tokens, shape);
      chunk = 0;
      sweptQueries = 0;
      startSweep();
    }

    private int chunks(GemvBatch.Kind ofKind, int tokens, AttentionShape of) {
      return ofKind == GemvBatch.Kind.LOGIT
          ? tileShape.keyChunks(of)
          : of.kvHeads() * tileShape.valueChunks(tokens, of);
    }

    private int tilesOfChunk(GemvBatch.Kind ofKind, int tokens, AttentionShape of) {
      return ofKind == GemvBatch.Kind.LOGIT
          ? tileShape.keyTilesOfChunk(tokens, of)
          : tileShape.valueTilesOfChunk(of);
    }

    private int sweeps(AttentionShape of) {
      return TileShape.ceilDiv(of.group(), operandRows);
    }

    @Override
    public int results(GemvBatch.Kind ofKind, int tokens, AttentionShape of) {
      return ofKind == GemvBatch.Kind.LOGIT
          ? of.heads() * tileShape.bankFulls(tokens)
          : chunks(ofKind, tokens, of) * of.group() * tileShape.valueTilesOfChunk(of);
    }

    @Override
    public int instructions(GemvBatch.Kind ofKind, int tokens, AttentionShape of) {
      int ofChunks = chunks(ofKind, tokens, of);
      int gwrites = ofChunks * of.group();
      int headers = ofChunks * sweeps(of) * tilesOfChunk(ofKind, tokens, of);
      int steps = composite ? 0 : steps(ofKind, tokens, of);
      return gwrites + headers + results(ofKind, tokens, of) + steps;
    }

    private int steps(GemvBatch.Kind ofKind, int tokens, AttentionShape of) {
      if (ofKind == GemvBatch.Kind.LOGIT) {
        return results(ofKind, tokens, of) * TileShape.ceilDiv(of.headDim(), multipliers);
      }
      int steps = 0;
      for (int c = 0; c < tileShape.valueChunks(tokens, of); c++) {
        int ofChunk = TileShape.ceilDiv(tileShape.tokensOfChunk(c, tokens, of), multipliers);
        steps += of.heads() * tileShape.valueTilesOfChunk(of) * ofChunk;
      }
      return steps;
    }

    private void startSweep() {
      operands = Math.min(operandRows, shape.group() - sweptQueries);
      operandsLeft = operands;
      tile = 0;
      next = Next.GWRITE;
      int values =
          kind == GemvBatch.Kind.LOGIT
              ? shape.headDim()
              : tileShape.tokensOfChunk(chunk, sequenceTokens, shape);
      stepsOfVector = TileShape.ceilDiv(values, multipliers);
    }

    @Override
    public void next(PimInstruction into) {
      switch (next) {
        case GWRITE -> {
          into.gwrite();
          if (--operandsLeft == 0) {
            next = Next.HEADER;
          }
        }
        case HEADER -> header(into);
        case VECTOR -> vector(into);
        case RESULT -> {
          into.readResult();
          endVector(into);
        }
        default -> throw new IllegalStateException(next.toString());
      }
    }

    private int row() {
      return firstRow + chunk * tiles + tile;
    }

    private void header(PimInstruction into) {
      int announced;
      if (kind == GemvBatch.Kind.LOGIT) {
        int tokens = tileShape.tokensOfKeyTile(tile, sequenceTokens, shape);
        vectors = operands * tokens * tileShape.headsOfChunk(chunk, shape);
        announced = vectors * stepsOfVector;
      } else {
        vectors = operands;
        announced = vectors * TileShape.powerOfTwo(stepsOfVector);
      }
      into.header(row(), announced, vectors);
      vector = 0;
      stepsLeft = stepsOfVector;
      next = Next.VECTOR;
    }

    private void vector(PimInstruction into) {
      if (composite) {
        into.compute(row(), stepsOfVector, true);
        endVector(into);
        return;
      }
      into.compute(row(), 1, false);
      if (--stepsLeft == 0) {
        next = Next.RESULT;
      }
    }

    private void endVector(PimInstruction into) {
      stepsLeft = stepsOfVector;
      next = Next.VECTOR;
      if (++vector < vectors) {
        return;
      }
      next = Next.HEADER;
      if (++tile < tiles) {
        return;
      }
      sweptQueries += operands;
      if (sweptQueries == shape.group()) {
        sweptQueries = 0;
        chunk++;
      }
      if (chunk < chunks) {
        startSweep();
      } else {
        into.markLast();
      }
    }
  }
}
