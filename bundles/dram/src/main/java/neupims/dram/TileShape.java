// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;

/**
 * Sizes of the KV cache's tiles, facts sec. 4: a tile is one row of every bank. K has a token a
 * bank, the values of as many KV heads as fit along its row; V a head value a bank, tokens along
 * its row.
 *
 * <p>Where query heads share KV heads and the KV heads fill less than half a row, several tokens
 * share the row of K (ASSUMED: nobody describes that case; the published layout would leave it
 * empty). Multi-head attention keeps to the published layout.
 */
final class TileShape {
  private final int banks;
  private final int rowBytes;

  TileShape(Organization organization) {
    banks = organization.banks();
    rowBytes = organization.rowBytes();
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** The smallest power of two that is not less. */
  static int powerOfTwo(int n) {
    return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
  }

  private int rowValues(AttentionShape shape) {
    return rowBytes / shape.kv().bytes();
  }

  /** Tokens of a tile of K. */
  int keyTokens(AttentionShape shape) {
    return banks * tokensOfKeyRow(shape);
  }

  /** Tokens of a tile of V: a row-full. */
  int valueTokens(AttentionShape shape) {
    return rowValues(shape);
  }

  /** KV heads whose values share a row, when there are enough. */
  private int headsOfRow(AttentionShape shape) {
    int rowValues = rowValues(shape);
    if (shape.headDim() > rowValues) {
      throw new IllegalArgumentException(
          "a head of %d values exceeds a row of %d".formatted(shape.headDim(), rowValues));
    }
    return rowValues / shape.headDim();
  }

  /** Tokens that share a row of K. */
  private int tokensOfKeyRow(AttentionShape shape) {
    return shape.group() == 1 ? 1 : Math.max(1, headsOfRow(shape) / shape.kvHeads());
  }

  /** Row-fulls of KV heads. */
  int keyChunks(AttentionShape shape) {
    return ceilDiv(shape.kvHeads(), headsOfRow(shape));
  }

  /** KV heads of a row-full. */
  int headsOfChunk(int chunk, AttentionShape shape) {
    int full = headsOfRow(shape);
    return Math.min(full, shape.kvHeads() - chunk * full);
  }

  /** Tiles of K in a row-full of KV heads. */
  int keyTilesOfChunk(int tokens, AttentionShape shape) {
    return ceilDiv(tokens, keyTokens(shape));
  }

  /** Tokens of a bank's row in a tile of K: all but the last tile's are full. */
  int tokensOfKeyTile(int tile, int tokens, AttentionShape shape) {
    int left = tokens - tile * keyTokens(shape);
    return Math.min(tokensOfKeyRow(shape), ceilDiv(left, banks));
  }

  /** Tokens, a bank each, in fulls of the banks: what all tiles of K hold of a head. */
  int bankFulls(int tokens) {
    return ceilDiv(tokens, banks);
  }

  /** Row-fulls of tokens of a head. */
  int valueChunks(int tokens, AttentionShape shape) {
    return ceilDiv(tokens, rowValues(shape));
  }

  /** Tokens of a row-full; row-fulls of all heads in order. */
  int tokensOfChunk(int chunk, int tokens, AttentionShape shape) {
    int inHead = chunk % valueChunks(tokens, shape);
    return Math.min(rowValues(shape), tokens - inHead * rowValues(shape));
  }

  /** Tiles of V in a row-full of tokens. */
  int valueTilesOfChunk(AttentionShape shape) {
    return ceilDiv(shape.headDim(), banks);
  }

  /** Tiles of one layer's K. */
  long keyTiles(int tokens, AttentionShape shape) {
    return (long) keyChunks(shape) * keyTilesOfChunk(tokens, shape);
  }

  /** Tiles of one layer's V. */
  long valueTiles(int tokens, AttentionShape shape) {
    return (long) shape.kvHeads() * valueChunks(tokens, shape) * valueTilesOfChunk(shape);
  }
}
