// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;

/**
 * Newton's lowering as NeuPIMs uses it, facts sec. 4. A tile is one row of every bank.
 *
 * <ul>
 *   <li>K q: tokens over the banks, head values along the row. For each row-full of heads one
 *       GWRITE of q; for each tile of tokens a HEADER, then per head headDim / multipliers steps
 *       and a result read.
 *   <li>logit V: head values over the banks, tokens along the row. For each head and row-full of
 *       tokens one GWRITE of the logits; for each tile of head values a HEADER, then tokens /
 *       multipliers steps and a result read. The header announces the steps rounded up to a power
 *       of two [R].
 * </ul>
 *
 * With composite commands the steps and their result read are one instruction, else every step is.
 */
public final class TileLowering implements GemvLowering {
  /** A lowering for any PIM of this kind. */
  public TileLowering() {}

  @Override
  public Cursor open(Organization organization, PimSpec pim) {
    return new Tiles(new TileShape(organization), pim);
  }

  /** Tiles of a job in order: part, chunk, tile, then the vectors of the tile. */
  private static final class Tiles implements Cursor {
    private final TileShape shape;
    private final int multipliers;
    private final boolean composite;

    private GemvBatch.Kind kind;
    private int sequenceTokens;
    private int heads;
    private int headDim;
    private int row;
    private int chunks;
    private int tiles;
    private int chunk;
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

    Tiles(TileShape shape, PimSpec pim) {
      this.shape = shape;
      multipliers = pim.multipliersPerBank();
      composite = pim.compositeCommands();
    }

    @Override
    public void start(GemvBatch.Kind ofKind, int tokens, int ofHeads, int ofHeadDim, int firstRow) {
      kind = ofKind;
      sequenceTokens = tokens;
      heads = ofHeads;
      headDim = ofHeadDim;
      row = firstRow;
      if (kind == GemvBatch.Kind.LOGIT) {
        chunks = shape.keyChunks(heads, headDim);
        tiles = shape.keyTilesOfChunk(tokens);
      } else {
        chunks = heads * shape.valueChunks(tokens);
        tiles = shape.valueTilesOfChunk(headDim);
      }
      chunk = 0;
      startChunk();
    }

    @Override
    public int headers(GemvBatch.Kind ofKind, int tokens, int ofHeads, int ofHeadDim) {
      return ofKind == GemvBatch.Kind.LOGIT
          ? (int) shape.keyTiles(tokens, ofHeads, ofHeadDim)
          : (int) shape.valueTiles(tokens, ofHeads, ofHeadDim);
    }

    @Override
    public int instructions(GemvBatch.Kind ofKind, int tokens, int ofHeads, int ofHeadDim) {
      int gwrites;
      int vectors;
      int steps;
      if (ofKind == GemvBatch.Kind.LOGIT) {
        gwrites = shape.keyChunks(ofHeads, ofHeadDim);
        vectors = ofHeads * shape.keyTilesOfChunk(tokens);
        steps = vectors * TileShape.ceilDiv(ofHeadDim, multipliers);
      } else {
        gwrites = ofHeads * shape.valueChunks(tokens);
        vectors = gwrites * shape.valueTilesOfChunk(ofHeadDim);
        steps = 0;
        for (int c = 0; c < shape.valueChunks(tokens); c++) {
          int ofChunk = TileShape.ceilDiv(shape.tokensOfChunk(c, tokens), multipliers);
          steps += ofHeads * shape.valueTilesOfChunk(ofHeadDim) * ofChunk;
        }
      }
      int computes = composite ? vectors : steps + vectors;
      return gwrites + headers(ofKind, tokens, ofHeads, ofHeadDim) + computes;
    }

    private void startChunk() {
      tile = 0;
      next = Next.GWRITE;
      if (kind == GemvBatch.Kind.LOGIT) {
        vectors = shape.headsOfChunk(chunk, heads, headDim);
        stepsOfVector = TileShape.ceilDiv(headDim, multipliers);
      } else {
        vectors = 1;
        int tokens = shape.tokensOfChunk(chunk, sequenceTokens);
        stepsOfVector = TileShape.ceilDiv(tokens, multipliers);
      }
    }

    @Override
    public void next(PimInstruction into) {
      switch (next) {
        case GWRITE -> {
          into.gwrite();
          next = Next.HEADER;
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

    private void header(PimInstruction into) {
      boolean whole = kind == GemvBatch.Kind.LOGIT;
      int steps = whole ? vectors * stepsOfVector : TileShape.powerOfTwo(stepsOfVector);
      into.header(row, steps, vectors);
      vector = 0;
      stepsLeft = stepsOfVector;
      next = Next.VECTOR;
    }

    private void vector(PimInstruction into) {
      if (composite) {
        into.compute(row, stepsOfVector, true);
        endVector(into);
        return;
      }
      into.compute(row, 1, false);
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
      row++;
      next = Next.HEADER;
      if (++tile < tiles) {
        return;
      }
      if (++chunk < chunks) {
        startChunk();
      } else {
        into.markLast();
      }
    }
  }
}
