// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/** Earliest cycle of the next command by rank and bank group of a channel. */
final class RankState {
  private static final int WINDOW = 4; // activates that tFAW allows, JEDEC; a power of two

  /** Earliest read of each rank. */
  final long[] readAt;

  /** Earliest write of each rank. */
  final long[] writeAt;

  /** Earliest read of each bank group. */
  final long[] groupReadAt;

  /** Earliest write of each bank group. */
  final long[] groupWriteAt;

  /** Earliest activate of each bank group: tRRD_L. */
  final long[] groupActivateAt;

  /** Latest precharge of each rank. */
  final long[] lastPrecharge;

  private long latestGroupReadAt;
  private long latestGroupWriteAt;
  private final long[] activateAt;
  private final long[] recent;
  private final int[] oldest;
  private final Geometry geometry;
  private final TimingTable timing;

  RankState(Geometry geometry, TimingTable timing) {
    this.geometry = geometry;
    this.timing = timing;
    readAt = new long[geometry.ranks];
    writeAt = new long[geometry.ranks];
    groupReadAt = new long[geometry.groups];
    groupWriteAt = new long[geometry.groups];
    groupActivateAt = new long[geometry.groups];
    lastPrecharge = new long[geometry.ranks];
    Arrays.fill(lastPrecharge, -timing.rp);
    activateAt = new long[geometry.ranks];
    recent = new long[geometry.ranks * WINDOW];
    Arrays.fill(recent, -timing.faw);
    oldest = new int[geometry.ranks];
  }

  /** Takes over another channel's state. */
  void copyFrom(RankState other) {
    copy(other.readAt, readAt);
    copy(other.writeAt, writeAt);
    copy(other.groupReadAt, groupReadAt);
    copy(other.groupWriteAt, groupWriteAt);
    copy(other.groupActivateAt, groupActivateAt);
    copy(other.lastPrecharge, lastPrecharge);
    copy(other.activateAt, activateAt);
    copy(other.recent, recent);
    System.arraycopy(other.oldest, 0, oldest, 0, oldest.length);
    latestGroupReadAt = other.latestGroupReadAt;
    latestGroupWriteAt = other.latestGroupWriteAt;
  }

  private static void copy(long[] from, long[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  /** Adds the state to an image. */
  void show(Image image) {
    image.addTimes(readAt);
    image.addTimes(writeAt);
    image.addTimes(groupReadAt);
    image.addTimes(groupWriteAt);
    image.addTimes(groupActivateAt);
    image.addTimes(activateAt);
    for (int r = 0; r < geometry.ranks; r++) {
      image.addEvent(lastPrecharge[r], timing.rp);
      for (int i = 0; i < WINDOW; i++) {
        image.addEvent(recent[r * WINDOW + (oldest[r] + i & WINDOW - 1)], timing.faw);
      }
    }
  }

  /** Earliest activate of a rank: tRRD_S and tFAW. */
  long activateAt(int rank) {
    return Math.max(activateAt[rank], recent[rank * WINDOW + oldest[rank]] + timing.faw);
  }

  /** Earliest group activate of a rank: its activates must all fit into one tFAW window. */
  long groupActivateAt(int rank, int banks) {
    int room = oldest[rank] + Math.min(banks, WINDOW) - 1;
    return Math.max(activateAt[rank], recent[rank * WINDOW + (room & WINDOW - 1)] + timing.faw);
  }

  /** Notes an activate. */
  void activated(int bank, long cycle) {
    int rank = geometry.rankOf[bank];
    recent[rank * WINDOW + oldest[rank]] = cycle;
    oldest[rank] = oldest[rank] + 1 & WINDOW - 1;
    BankState.raise(activateAt, rank, cycle + timing.rrdS);
    BankState.raise(groupActivateAt, geometry.groupOf[bank], cycle + timing.rrdL);
  }

  /** Notes a read. */
  void read(int bank, long cycle) {
    int own = geometry.rankOf[bank];
    for (int r = 0; r < readAt.length; r++) {
      long next = cycle + (r == own ? timing.columnOtherGroup : timing.readOtherRank);
      if (readAt[r] < next) {
        readAt[r] = next;
      }
      if (writeAt[r] < cycle + timing.readToWrite) {
        writeAt[r] = cycle + timing.readToWrite;
      }
    }
    if (timing.readsBindGroups) {
      raiseGroupRead(geometry.groupOf[bank], cycle + timing.columnSameGroup);
    }
  }

  /** Notes a write. */
  void wrote(int bank, long cycle) {
    int own = geometry.rankOf[bank];
    for (int r = 0; r < readAt.length; r++) {
      boolean same = r == own;
      BankState.raise(writeAt, r, cycle + (same ? timing.columnOtherGroup : timing.writeOtherRank));
      int toRead = same ? timing.writeToReadOtherGroup : timing.writeToReadOtherRank;
      BankState.raise(readAt, r, cycle + toRead);
    }
    int group = geometry.groupOf[bank];
    raiseGroupRead(group, cycle + timing.writeToReadSameGroup);
    BankState.raise(groupWriteAt, group, cycle + timing.columnSameGroup);
    latestGroupWriteAt = Math.max(latestGroupWriteAt, cycle + timing.columnSameGroup);
  }

  private void raiseGroupRead(int group, long at) {
    BankState.raise(groupReadAt, group, at);
    latestGroupReadAt = Math.max(latestGroupReadAt, at);
  }

  /** From this cycle on no bank group's times hold reads back. */
  long latestGroupReadAt() {
    return latestGroupReadAt;
  }

  /** From this cycle on no bank group's times hold writes back. */
  long latestGroupWriteAt() {
    return latestGroupWriteAt;
  }

  /** Whether nothing but the banks themselves holds writes back in the given cycle. */
  boolean writesOpen(long cycle) {
    for (long at : writeAt) {
      if (at > cycle) {
        return false;
      }
    }
    return latestGroupWriteAt <= cycle;
  }

  /** Keeps every rank's column commands back. */
  void holdColumns(long until) {
    for (int r = 0; r < readAt.length; r++) {
      BankState.raise(readAt, r, until);
      BankState.raise(writeAt, r, until);
    }
  }
}
