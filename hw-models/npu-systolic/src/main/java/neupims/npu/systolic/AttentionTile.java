// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;

/** Builds tiles of attention kernels: knows where each resident's query, K, V and output lie. */
final class AttentionTile {
  private static final int QUERIES = 0;

  private final long[] cacheOffset;
  private final long[] keyBytes;
  private final int kvHeads;
  private final int queryBytes;
  private NpuTile tile = new NpuTile();
  private long loadedBytes;

  AttentionTile(Kernel.NpuAttention kernel) {
    int residents = kernel.residents().size();
    queryBytes = kernel.shape().queryBytes();
    cacheOffset = new long[residents];
    keyBytes = new long[residents];
    kvHeads = kernel.shape().kvHeads();
    long offset = 0;
    for (int r = 0; r < residents; r++) {
      cacheOffset[r] = offset;
      keyBytes[r] = (long) kernel.residents().get(r).sequenceTokens() * kernel.shape().tokenBytes();
      offset += 2 * keyBytes[r];
    }
  }

  /** Bytes loaded by the tile so far. */
  long bytes() {
    return loadedBytes;
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

  int loadValues(int resident) {
    return load(NpuTile.KV_CACHE, cacheOffset[resident] + keyBytes[resident], keyBytes[resident]);
  }

  /** Loads the queries of some KV heads. */
  int loadQuery(int resident, int head, int count) {
    int bytes = queryBytes / kvHeads;
    return load(QUERIES, (long) resident * queryBytes + (long) head * bytes, (long) count * bytes);
  }

  /** Loads some KV heads' share of K; heads follow each other in memory. */
  int loadKeys(int resident, int head, int count) {
    long bytes = keyBytes[resident] / kvHeads;
    return load(NpuTile.KV_CACHE, cacheOffset[resident] + head * bytes, count * bytes);
  }

  /** Loads some KV heads' share of V. */
  int loadValues(int resident, int head, int count) {
    long bytes = keyBytes[resident] / kvHeads;
    long offset = cacheOffset[resident] + keyBytes[resident] + head * bytes;
    return load(NpuTile.KV_CACHE, offset, count * bytes);
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

  void storeOutput(int step, int resident, int head, int count) {
    int bytes = queryBytes / kvHeads;
    tile.store(step, (long) resident * queryBytes + (long) head * bytes, count * bytes);
  }

  /** The tile so far; the next call begins another. */
  NpuTile next() {
    NpuTile done = tile;
    tile = new NpuTile();
    loadedBytes = 0;
    return done;
  }

  private int load(int operand, long offset, long count) {
    loadedBytes += count;
    return tile.load(operand, offset, Math.toIntExact(count));
  }
}
