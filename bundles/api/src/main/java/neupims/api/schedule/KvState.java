// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.Arrays;

/**
 * The KV cache at an iteration boundary. A region is what a request's cache lies in: one channel of
 * a PIM, or the whole of a plain memory.
 */
public final class KvState {
  private static final long BOUNDLESS = 1L << 40;

  private final KvPages pages;
  private final long regionBlocks;
  private final long[] freeBlocks;
  private final long freeHostBlocks;

  /**
   * A state.
   *
   * @param pages blocks that tokens take
   * @param regionBlocks blocks of a region
   * @param freeBlocks blocks of each region that nobody holds; one region or one for each channel
   * @param freeHostBlocks room on the host for swapped requests
   */
  public KvState(KvPages pages, long regionBlocks, long[] freeBlocks, long freeHostBlocks) {
    this.pages = pages;
    this.regionBlocks = regionBlocks;
    this.freeBlocks = freeBlocks.clone();
    this.freeHostBlocks = freeHostBlocks;
  }

  /** A cache that never fills, of blocks of a token. */
  public static KvState boundless(int regions) {
    long[] free = new long[regions];
    Arrays.fill(free, BOUNDLESS);
    return new KvState(tokens -> tokens, BOUNDLESS, free, 0);
  }

  /** Blocks that the keys and values of so many tokens of one request take. */
  public long blocks(int tokens) {
    return pages.blocks(tokens);
  }

  /** Number of regions: 1, or the channels of the device. */
  public int regions() {
    return freeBlocks.length;
  }

  /** The region that a channel is in. */
  public int region(int channel) {
    return freeBlocks.length == 1 ? 0 : channel;
  }

  /** Blocks of each region. */
  public long regionBlocks() {
    return regionBlocks;
  }

  /** Blocks of a region that nobody holds. */
  public long freeBlocks(int region) {
    return freeBlocks[region];
  }

  /** Room on the host for swapped requests. */
  public long freeHostBlocks() {
    return freeHostBlocks;
  }
}
