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

  /** Moves a cache to the host, which has room; the blocks moved. */
  long swapOut(Sequence sequence) {
    long blocks = sequence.kvBlocks;
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

  /** What would be free if; made for one plan. */
  Trial trial() {
    return new Trial();
  }

  /** A scratch copy. */
  final class Trial {
    private final long[] left = free.clone();
    private long leftOnHost = freeHost;

    /** A sequence leaves its channel, for the host or for nowhere; whether there is room. */
    boolean give(Sequence sequence, boolean toHost) {
      left[region(sequence.channel)] += sequence.kvBlocks;
      leftOnHost -= toHost ? sequence.kvBlocks : 0;
      return leftOnHost >= 0;
    }

    /** A sequence takes what it lacks for the tokens that it runs; whether there is room. */
    boolean grow(Sequence sequence) {
      long lacking = blocks(sequence.cached + sequence.runTokens) - sequence.kvBlocks;
      if (lacking > 0) {
        left[region(sequence.channel)] -= lacking;
      }
      return lacking <= 0 || left[region(sequence.channel)] >= 0;
    }
  }
}
