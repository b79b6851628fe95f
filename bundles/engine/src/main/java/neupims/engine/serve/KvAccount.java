// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Arrays;
import neupims.api.schedule.KvState;

/** Who holds how much of the KV cache. Blocks are taken, given back and never made. */
final class KvAccount {
  /** A region that never fills, where capacity is not enforced. */
  private static final long BOUNDLESS = 1L << 40;

  private final KvBudget budget;
  private final long regionBlocks;
  private final long[] free;
  private final long hostBlocks;
  private long freeHost;
  private long allocated;
  private long leastFree;

  KvAccount(KvBudget budget, boolean enforced, long hostBytes) {
    this.budget = budget;
    regionBlocks = enforced ? budget.regionBlocks() : BOUNDLESS;
    free = new long[budget.regions()];
    Arrays.fill(free, regionBlocks);
    hostBlocks = hostBytes / budget.blockBytes();
    freeHost = hostBlocks;
    leastFree = regionBlocks;
  }

  /** As a policy sees it. */
  KvState state() {
    return new KvState(budget.pages(), regionBlocks, free, freeHost);
  }

  /** Blocks that so many tokens of a request take. */
  long blocks(int tokens) {
    return budget.pages().blocks(tokens);
  }

  /** Tokens of so many cached that are kept: fewer with a sliding window. */
  int kept(int cachedTokens) {
    return budget.keptTokens(cachedTokens);
  }

  /** Takes blocks for a sequence in its channel; whether there was room. */
  boolean take(Sequence sequence, long blocks) {
    int region = region(sequence.channel);
    if (free[region] < blocks) {
      return false;
    }
    free[region] -= blocks;
    leastFree = Math.min(leastFree, free[region]);
    allocated += blocks;
    sequence.blocks(blocks);
    return true;
  }

  /** Whether a channel has room. */
  boolean fits(int channel, long blocks) {
    return free[region(channel)] >= blocks;
  }

  /** Gives back all that a sequence holds. */
  void give(Sequence sequence) {
    free[region(sequence.channel)] += sequence.kvBlocks;
    allocated -= sequence.kvBlocks;
    sequence.blocks(-sequence.kvBlocks);
  }

  /** Moves a cache to the host; the blocks moved, or -1 when there is no room. */
  long swapOut(Sequence sequence) {
    long blocks = sequence.kvBlocks;
    if (freeHost < blocks) {
      return -1;
    }
    freeHost -= blocks;
    give(sequence);
    return blocks;
  }

  /** Room on the host is free again. */
  void leaveHost(long blocks) {
    freeHost += blocks;
  }

  /** Blocks that somebody holds. */
  long allocated() {
    return allocated;
  }

  /** Share of all blocks that somebody holds. */
  double fraction() {
    return allocated / (double) (regionBlocks * free.length);
  }

  /** Highest share of a region in use since the last call, and now. */
  double takePeak() {
    double peak = (regionBlocks - leastFree) / (double) regionBlocks;
    leastFree = regionBlocks;
    for (long left : free) {
      leastFree = Math.min(leastFree, left);
    }
    return peak;
  }

  private int region(int channel) {
    return free.length == 1 ? 0 : channel;
  }
}
