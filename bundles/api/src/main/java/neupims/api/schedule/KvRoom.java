// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * What would be free if: a policy's scratch copy of a {@link KvState}. A channel for those whom a
 * scheduler admits is chosen after it has planned, so {@link #admit} assumes the emptiest; whom the
 * placement policy sends to a channel without room waits one more iteration.
 */
public final class KvRoom {
  private final KvState kv;
  private final long[] free;
  private long freeHost;

  /** The room that there is now. */
  public KvRoom(KvState kv) {
    this.kv = kv;
    free = new long[kv.regions()];
    for (int region = 0; region < free.length; region++) {
      free[region] = kv.freeBlocks(region);
    }
    freeHost = kv.freeHostBlocks();
  }

  /** Whether a channel has so many blocks. */
  public boolean fits(int channel, long blocks) {
    return free[kv.region(channel)] >= blocks;
  }

  /** Takes blocks of a channel, whether it has them or not. */
  public void take(int channel, long blocks) {
    free[kv.region(channel)] -= blocks;
  }

  /**
   * Takes what a request in service lacks to work on so many tokens.
   *
   * @return whether there was room; nothing is taken otherwise
   */
  public boolean grow(RunningRequest request, int tokens) {
    long lacking = kv.blocks(request.cachedTokens() + tokens) - request.kvBlocks();
    if (lacking <= 0) {
      return true;
    }
    int region = kv.region(request.channel());
    if (free[region] < lacking) {
      return false;
    }
    free[region] -= lacking;
    return true;
  }

  /** Gives back all that a request in service holds. */
  public void release(RunningRequest request) {
    free[kv.region(request.channel())] += request.kvBlocks();
  }

  /**
   * Takes room on the host for a request in service.
   *
   * @return whether there was room
   */
  public boolean swapOut(RunningRequest request) {
    if (freeHost < request.kvBlocks()) {
      return false;
    }
    freeHost -= request.kvBlocks();
    return true;
  }

  /**
   * Takes blocks for so many tokens of a newcomer in the emptiest region.
   *
   * @param tokens tokens to have room for
   * @param spareBlocks blocks that must be left in that region
   * @return whether there was room; nothing is taken otherwise
   */
  public boolean admit(int tokens, long spareBlocks) {
    int emptiest = 0;
    for (int region = 1; region < free.length; region++) {
      if (free[region] > free[emptiest]) {
        emptiest = region;
      }
    }
    long needed = kv.blocks(tokens);
    if (free[emptiest] - needed < spareBlocks) {
      return false;
    }
    free[emptiest] -= needed;
    return true;
  }
}
