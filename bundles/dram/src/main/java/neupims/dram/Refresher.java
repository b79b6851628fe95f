// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * All-bank refresh by rank: one rank after the other becomes due, every tREFI / ranks cycles [R]. A
 * due rank gets no more memory commands; its banks are precharged as soon as their times allow,
 * then it is refreshed. It waits for a GEMV under way, whose admission saw to it that this ends
 * before.
 */
final class Refresher {
  private static final long NEVER = Long.MAX_VALUE;

  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final RowCommands rows;
  private final CommandIssuer issuer;
  private final int interval;

  private long dueAt;
  private int nextRank;
  private int waiting;
  private int rank;
  private long retryAt;

  Refresher(
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      RowCommands rows,
      CommandIssuer issuer,
      int refi) {
    this.geometry = geometry;
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.rows = rows;
    this.issuer = issuer;
    interval = refi / geometry.ranks;
    dueAt = interval;
  }

  /** Takes over another channel's refreshes. */
  void copyFrom(Refresher other) {
    dueAt = other.dueAt;
    nextRank = other.nextRank;
    waiting = other.waiting;
    rank = other.rank;
    retryAt = other.retryAt;
  }

  /** Adds the refreshes to an image. */
  void show(Image image) {
    image.add(dueAt);
    image.add(nextRank);
    image.add(waiting);
    image.add(waiting > 0 ? rank : 0);
  }

  /** Notes refreshes that have become due. */
  void tick(long cycle) {
    while (dueAt <= cycle) {
      if (waiting++ == 0) {
        begin();
      }
      dueAt += interval;
    }
  }

  private void begin() {
    rank = nextRank;
    nextRank = (nextRank + 1) % geometry.ranks;
    retryAt = 0;
    rows.exclude(geometry.rankBanks[rank]);
  }

  /** Whether a refresh waits. */
  boolean waiting() {
    return waiting > 0;
  }

  /** When the next refresh becomes due. */
  long dueAt() {
    return dueAt;
  }

  /** A lower bound of the next command of a waiting refresh. */
  long nextAt() {
    return waiting > 0 ? retryAt : NEVER;
  }

  /** Something that a refresh waited for may be over. */
  void wake() {
    retryAt = 0;
  }

  /** Waits for the PIM, which says when it is done. */
  void sleep() {
    retryAt = NEVER;
  }

  /**
   * Issues a command for a waiting refresh.
   *
   * @return whether there was one
   */
  boolean issue(long cycle) {
    long soonest = NEVER;
    boolean open = false;
    int first = rank * geometry.banksPerRank;
    for (int bank = first; bank < first + geometry.banksPerRank; bank++) {
      if (banks.openRow[bank] != BankState.CLOSED) {
        open = true;
        if (banks.prechargeAt[bank] <= cycle) {
          issuer.precharge(bank, cycle);
          return true;
        }
        soonest = Math.min(soonest, banks.prechargeAt[bank]);
      }
      if (banks.dual && banks.pimRow[bank] != BankState.CLOSED) {
        open = true;
        if (banks.pimPrechargeAt[bank] <= cycle) {
          issuer.pimPrecharge(bank, cycle);
          return true;
        }
        soonest = Math.min(soonest, banks.pimPrechargeAt[bank]);
      }
    }
    if (!open) {
      soonest = ranks.lastPrecharge[rank] + timing.rp;
      if (soonest <= cycle) {
        issuer.refresh(rank, cycle);
        waiting--;
        rows.exclude(0);
        if (waiting > 0) {
          begin();
        }
        return true;
      }
    }
    retryAt = soonest;
    return false;
  }
}
