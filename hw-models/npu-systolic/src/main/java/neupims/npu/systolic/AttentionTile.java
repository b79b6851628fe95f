// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.Arrays;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;

/** Builds tiles of attention kernels: knows where each resident's query, K, V and output lie. */
final class AttentionTile {
  private static final int QUERIES = 0;

  private final long[] cacheOffset;
  private final long[] keyBytes;
  private final int[] valuesSlot;
  private final int queryBytes;
  private NpuTile tile = new NpuTile();
  private long bytes;

  AttentionTile(Kernel.NpuAttention kernel, int valueBytes) {
    int residents = kernel.residents().size();
    queryBytes = kernel.heads() * kernel.headDim() * valueBytes;
    cacheOffset = new long[residents];
    keyBytes = new long[residents];
    valuesSlot = new int[residents];
    Arrays.fill(valuesSlot, -1);
    long offset = 0;
    for (int r = 0; r < residents; r++) {
      cacheOffset[r] = offset;
      keyBytes[r] = (long) kernel.residents().get(r).sequenceTokens() * queryBytes;
      offset += 2 * keyBytes[r];
    }
  }

  /** Bytes loaded by the tile so far. */
  long bytes() {
    return bytes;
  }

  /** Bytes that a resident's attention loads. */
  long bytesOf(int resident) {
    return queryBytes + 2 * keyBytes[resident];
  }

  int loadQuery(int resident) {
    return load(QUERIES, (long) resident * queryBytes, queryBytes);
  }

  int loadKeys(int resident) {
    return load(NpuTile.KV_CACHE, cacheOffset[resident], keyBytes[resident]);
  }

  void loadValues(int resident) {
    long offset = cacheOffset[resident] + keyBytes[resident];
    valuesSlot[resident] = load(NpuTile.KV_CACHE, offset, keyBytes[resident]);
  }

  /** Load slot of a resident's V. */
  int values(int resident) {
    return valuesSlot[resident];
  }

  int matrix(int load1, int load2, int after, long fill, long interval, long latency) {
    return tile.step(NpuTile.Unit.MATRIX, load1, load2, after, 0, fill, interval, latency);
  }

  int vector(int after, long cycles) {
    return tile.step(NpuTile.Unit.VECTOR, -1, -1, after, 0, 0, cycles, cycles);
  }

  void storeOutput(int step, int resident) {
    tile.store(step, (long) resident * queryBytes, queryBytes);
  }

  /** The tile so far; the next call begins another. */
  NpuTile next() {
    NpuTile done = tile;
    tile = new NpuTile();
    bytes = 0;
    return done;
  }

  private int load(int operand, long offset, long count) {
    bytes += count;
    return tile.load(operand, offset, Math.toIntExact(count));
  }
}
