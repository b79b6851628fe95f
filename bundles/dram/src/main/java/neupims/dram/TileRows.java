// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * The row of a PIM's tile in the PIM row buffers of all banks: other rows are closed one bank a
 * cycle, and the tile's is opened unit by unit, a unit being the banks of one group activate.
 */
final class TileRows {
  private static final long NEVER = Long.MAX_VALUE;

  private final int unitBanks;
  private final int unitsPerRank;

  /** Rank of each unit, units in the order in which they are opened: by bank group, then rank. */
  private final int[] rankOfUnit;

  /** First bank of each unit. */
  private final int[] firstOfUnit;

  private final Geometry geometry;
  private final BankState banks;
  private final RankState ranks;
  private final CommandIssuer issuer;
  private int toClose;
  private long soonest;
  private long activatedAt = -1;

  /** Units that do not hold the tile's row yet: bit {@code u} is unit {@code u}. */
  private long toOpen;

  TileRows(
      int unitBanks, Geometry geometry, BankState banks, RankState ranks, CommandIssuer issuer) {
    this.unitBanks = unitBanks;
    this.geometry = geometry;
    this.banks = banks;
    this.ranks = ranks;
    this.issuer = issuer;
    unitsPerRank = geometry.banksPerRank / unitBanks;
    firstOfUnit = new int[unitsPerRank * geometry.ranks];
    rankOfUnit = new int[firstOfUnit.length];
    for (int unit = 0; unit < firstOfUnit.length; unit++) {
      rankOfUnit[unit] = unit % geometry.ranks;
      firstOfUnit[unit] =
          rankOfUnit[unit] * geometry.banksPerRank + unit / geometry.ranks * unitBanks;
    }
  }

  int unitsPerRank() {
    return unitsPerRank;
  }

  /** The soonest cycle at which what was asked for last can go on. */
  long nextAt() {
    return soonest;
  }

  /** The first bank that can be closed now, -1 if there is none; after {@link #align}. */
  int nextToClose() {
    return toClose;
  }

  /** Keeps every PIM row buffer open until the given cycle. */
  void hold(long until) {
    for (int b = 0; b < geometry.banks; b++) {
      BankState.raise(banks.pimPrechargeAt, b, until);
    }
  }

  /** Counts the banks that have to be closed before a row can be opened everywhere. */
  int align(int row, long cycle) {
    int misaligned = 0;
    soonest = NEVER;
    toClose = -1;
    for (int b = 0; b < geometry.banks; b++) {
      if (isMisaligned(b, row)) {
        misaligned++;
        long at = banks.pimPrechargeAt[b];
        if (at <= cycle && toClose < 0) {
          toClose = b;
        }
        soonest = Math.min(soonest, at);
      }
    }
    return misaligned;
  }

  /**
   * Closes banks for a row, one a cycle, while the next one can be closed at once.
   *
   * @return the first cycle without a precharge
   */
  long close(int row, long cycle, long until) {
    long next = cycle;
    for (int b = 0; b < geometry.banks && next < until; b++) {
      if (isMisaligned(b, row)) {
        if (banks.pimPrechargeAt[b] > next) {
          break; // another one may come first
        }
        issuer.pimPrecharge(b, next++);
      }
    }
    return next;
  }

  /** Whether a bank holds another row, or the tile's row when banks of its unit do not. */
  private boolean isMisaligned(int bank, int row) {
    int open = banks.pimRow[bank];
    if (open == BankState.CLOSED || open != row) {
      return open != BankState.CLOSED;
    }
    return !isOpen(bank - bank % unitBanks, row);
  }

  private boolean isOpen(int first, int row) {
    for (int b = first; b < first + unitBanks; b++) {
      if (banks.pimRow[b] != row) {
        return false;
      }
    }
    return true;
  }

  /** Begins to open a row: looks which units hold it. Nothing closes it until the tile is done. */
  void begin(int row) {
    toOpen = 0;
    for (int unit = 0; unit < firstOfUnit.length; unit++) {
      if (!isOpen(firstOfUnit[unit], row)) {
        toOpen |= 1L << unit;
      }
    }
  }

  /**
   * Issues the next command that opening a row in all banks takes, if it can issue now, in the
   * order bank group, then rank.
   *
   * @return whether the row is open in all banks; else {@link #nextAt} is not after the given cycle
   *     when a command was issued
   */
  boolean open(int row, long cycle) {
    soonest = NEVER;
    for (long m = toOpen; m != 0; m &= m - 1) {
      int unit = Long.numberOfTrailingZeros(m);
      int rank = rankOfUnit[unit];
      int first = firstOfUnit[unit];
      soonest = Math.min(soonest, openAt(rank, first, row));
      if (soonest <= cycle) {
        openUnit(first, row, cycle);
        if (isOpen(first, row)) {
          toOpen &= ~(m & -m);
        }
        return false;
      }
    }
    return toOpen == 0;
  }

  /** When a unit was activated last. */
  long activatedAt() {
    return activatedAt;
  }

  private long openAt(int rank, int first, int row) {
    long at = ranks.groupActivateAt(rank, unitBanks);
    for (int b = first; b < first + unitBanks; b++) {
      if (isInOtherBuffer(b, row)) {
        return banks.prechargeAt[b];
      }
      at = Math.max(at, banks.pimActivateAt[b]);
      at = Math.max(at, ranks.groupActivateAt[geometry.groupOf[b]]);
    }
    return at;
  }

  private void openUnit(int first, int row, long cycle) {
    for (int b = first; b < first + unitBanks; b++) {
      if (isInOtherBuffer(b, row)) {
        issuer.precharge(b, cycle);
        return;
      }
    }
    issuer.groupActivate(first, unitBanks, row, cycle);
    activatedAt = cycle;
  }

  /** The same row must never be open in both row buffers of a bank. */
  private boolean isInOtherBuffer(int bank, int row) {
    return banks.dual && banks.openRow[bank] == row;
  }
}
