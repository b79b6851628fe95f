// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * Banks whose reads and writes need an activate or a precharge first, and when these can issue. The
 * bounds are lower bounds of the next cycle at which an activate of a rank or a precharge can.
 */
final class RowCommands {
  private static final long NEVER = Long.MAX_VALUE;

  /** Bound of a rank whose waiting activates have to be looked at one by one. */
  private static final long RECHECK = 0;

  private final Geometry geometry;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final long[] activateBound;
  private long prechargeBound;
  private long activating;
  private long precharging;
  private long readyPrecharges;

  /** Closed banks whose row is in the PIM row buffer, which has to be precharged first. */
  private long pimHeld;

  private long excluded;
  private int reservedRow = BankState.CLOSED;

  RowCommands(Geometry geometry, BankState banks, RankState ranks, BankQueues queues) {
    this.geometry = geometry;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    activateBound = new long[geometry.ranks];
  }

  /** Takes over another channel's choices. */
  void copyFrom(RowCommands other) {
    System.arraycopy(other.activateBound, 0, activateBound, 0, activateBound.length);
    prechargeBound = other.prechargeBound;
    activating = other.activating;
    precharging = other.precharging;
    readyPrecharges = other.readyPrecharges;
    pimHeld = other.pimHeld;
    excluded = other.excluded;
    reservedRow = other.reservedRow;
  }

  /** Adds the choices to an image; the bounds follow from the banks. */
  void show(Image image) {
    image.add(activating);
    image.add(precharging);
    image.add(excluded);
    image.add(reservedRow);
  }

  /** The bank needs neither. */
  void clear(int bank) {
    long rest = ~(1L << bank);
    activating &= rest;
    precharging &= rest;
  }

  /** The bank needs an activate. */
  void activate(int bank) {
    long bit = 1L << bank;
    activating |= bit;
    int rank = geometry.rankOf[bank];
    long at = activateAt(bank, ranks.activateAt(rank));
    if (at < activateBound[rank] || (activating & geometry.rankBanks[rank]) == bit) {
      activateBound[rank] = at;
    }
  }

  /** The bank needs a precharge. */
  void precharge(int bank) {
    long bit = 1L << bank;
    precharging |= bit;
    long at = banks.prechargeAt[bank];
    prechargeBound = precharging == bit ? at : Math.min(prechargeBound, at);
  }

  /** Keeps every command from the given banks until the next call. */
  void exclude(long mask) {
    excluded = mask;
    recheck();
    prechargeBound = 0;
  }

  /** Banks that wait for a precharge. */
  long precharging() {
    return precharging;
  }

  /** Banks that get no command. */
  long excluded() {
    return excluded;
  }

  /** Keeps a row closed in the MEM row buffers because the PIM has it or is about to. */
  void reserve(int row) {
    reservedRow = row;
    recheck();
  }

  /** An activate that could not issue may be possible earlier than thought. */
  void recheck() {
    Arrays.fill(activateBound, RECHECK);
  }

  /** The PIM row buffer of a bank was precharged. */
  void pimClosed(int bank) {
    if ((pimHeld & activating & 1L << bank) != 0) {
      activateBound[geometry.rankOf[bank]] = RECHECK;
    }
  }

  /** Whether a bank waits for an activate. */
  boolean wantsActivate(int bank) {
    return (activating >>> bank & 1) != 0;
  }

  /** Whether a bank that was ready is to be activated or precharged. */
  boolean wants(int bank) {
    return ((readyPrecharges | activating) >>> bank & 1) != 0;
  }

  /** Whether a bank that was ready is to be precharged. */
  boolean wantsPrecharge(int bank) {
    return (readyPrecharges >>> bank & 1) != 0;
  }

  /** Whether the PIM row buffer of a closed bank that was ready holds the row that is wanted. */
  boolean wantsPimPrecharge(int bank) {
    return banks.dual && banks.pimRow[bank] == queues.row(queues.front(bank));
  }

  /** Banks whose activate or precharge can issue in the given cycle. */
  long ready(long cycle) {
    readyPrecharges = 0;
    if (precharging != 0 && cycle >= prechargeBound) {
      readyPrecharges = readyPrecharges(cycle);
    }
    long ready = activating != 0 ? readyActivates(cycle) | readyPrecharges : readyPrecharges;
    return ready & ~excluded;
  }

  /** A lower bound of the next activate or precharge. */
  long nextAt() {
    long next = precharging == 0 ? NEVER : prechargeBound;
    if (activating != 0) {
      for (int r = 0; r < activateBound.length; r++) {
        if ((activating & ~excluded & geometry.rankBanks[r]) != 0) {
          next = Math.min(next, activateBound[r]);
        }
      }
    }
    return next;
  }

  private long readyActivates(long cycle) {
    long ready = 0;
    for (int r = 0; r < activateBound.length; r++) {
      long mask = activating & ~excluded & geometry.rankBanks[r];
      if (mask != 0 && activateBound[r] <= cycle) {
        ready |= readyActivates(r, mask, cycle);
      }
    }
    return ready;
  }

  private long readyActivates(int rank, long mask, long cycle) {
    long rankAt = ranks.activateAt(rank);
    if (rankAt > cycle && activateBound[rank] != RECHECK && (pimHeld & mask) == 0) {
      activateBound[rank] = rankAt;
      return 0;
    }
    long ready = 0;
    long bound = NEVER;
    for (long m = mask; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long at = activateAt(bank, rankAt);
      if (at <= cycle) {
        ready |= 1L << bank;
      }
      bound = Math.min(bound, at);
    }
    activateBound[rank] = bound;
    return ready;
  }

  private long activateAt(int bank, long rankAt) {
    if (banks.dual) {
      int row = queues.row(queues.front(bank));
      if (row == reservedRow) {
        return NEVER;
      }
      if (row == banks.pimRow[bank]) {
        pimHeld |= 1L << bank;
        return banks.pimPrechargeAt[bank];
      }
      pimHeld &= ~(1L << bank);
    }
    long at = Math.max(banks.activateAt[bank], rankAt);
    return Math.max(at, ranks.groupActivateAt[geometry.groupOf[bank]]);
  }

  /** A bank of the rank was activated, which holds back the others. */
  void activated(int rank) {
    if ((pimHeld & activating & geometry.rankBanks[rank]) != 0) {
      return; // a precharge of a PIM row buffer is not held back
    }
    activateBound[rank] = Math.max(activateBound[rank], ranks.activateAt(rank));
  }

  private long readyPrecharges(long cycle) {
    long ready = 0;
    long bound = NEVER;
    for (long m = precharging & ~excluded; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long at = banks.prechargeAt[bank];
      if (at <= cycle) {
        ready |= 1L << bank;
      }
      bound = Math.min(bound, at);
    }
    prechargeBound = bound;
    return ready;
  }
}
