// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Organization;

/** Sizes of the KV cache's tiles, facts sec. 4: a tile is one row of every bank. */
final class TileShape {
  private static final int VALUE_BYTES = 2; // FP16

  private final int banks;
  private final int rowValues;

  TileShape(Organization organization) {
    banks = organization.banks();
    rowValues = organization.rowBytes() / VALUE_BYTES;
  }

  static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }

  /** The smallest power of two that is not less. */
  static int powerOfTwo(int n) {
    return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
  }

  /** Tokens of a tile of K: one a bank. */
  int keyTokens() {
    return banks;
  }

  /** Tokens of a tile of V: a row-full. */
  int valueTokens() {
    return rowValues;
  }

  /** Heads whose values share a row, when there are enough. */
  private int headsOfRow(int headDim) {
    if (headDim > rowValues) {
      throw new IllegalArgumentException(
          "a head of %d values exceeds a row of %d".formatted(headDim, rowValues));
    }
    return rowValues / headDim;
  }

  /** Row-fulls of heads. */
  int keyChunks(int heads, int headDim) {
    return ceilDiv(heads, headsOfRow(headDim));
  }

  /** Heads of a row-full. */
  int headsOfChunk(int chunk, int heads, int headDim) {
    int full = headsOfRow(headDim);
    return Math.min(full, heads - chunk * full);
  }

  /** Tiles of K in a row-full of heads. */
  int keyTilesOfChunk(int tokens) {
    return ceilDiv(tokens, banks);
  }

  /** Row-fulls of tokens of a head. */
  int valueChunks(int tokens) {
    return ceilDiv(tokens, rowValues);
  }

  /** Tokens of a row-full; row-fulls of all heads in order. */
  int tokensOfChunk(int chunk, int tokens) {
    int inHead = chunk % valueChunks(tokens);
    return Math.min(rowValues, tokens - inHead * rowValues);
  }

  /** Tiles of V in a row-full of tokens. */
  int valueTilesOfChunk(int headDim) {
    return ceilDiv(headDim, banks);
  }

  /** Tiles of one layer's K. */
  long keyTiles(int tokens, int heads, int headDim) {
    return (long) keyChunks(heads, headDim) * keyTilesOfChunk(tokens);
  }

  /** Tiles of one layer's V. */
  long valueTiles(int tokens, int heads, int headDim) {
    return (long) heads * valueChunks(tokens) * valueTilesOfChunk(headDim);
  }
}
