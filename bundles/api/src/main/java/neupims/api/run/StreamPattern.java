// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.Organization;

/** Orders in which a stream of single accesses walks over one channel. */
public enum StreamPattern {
  /** Column fastest, then the banks, then the row. */
  SEQ,
  /** The columns of one row. */
  ONEROW,
  /** One bank, a new row each time. */
  SAMEBANK,
  /** The next bank each time, a new row at each visit. */
  BANKRR,
  /** The next bank group each time, then column, bank, rank, row. */
  BGRR,
  /** As {@link #SEQ}, writing. */
  SEQWRITE;

  /** Whether the accesses are writes. */
  public boolean writes() {
    return this == SEQWRITE;
  }

  /** Accesses that the pattern has on a channel; the walks over rows begin anew at the last one. */
  public long limit(Organization o) {
    return this == ONEROW ? o.columns() : Long.MAX_VALUE;
  }

  /**
   * Accesses from number {@code index} on that are of consecutive columns of one row, at least 1.
   */
  public int inARow(Organization o, long index) {
    return switch (this) {
      case SEQ, ONEROW, SEQWRITE -> o.columns() - (int) (index % o.columns());
      case SAMEBANK, BANKRR, BGRR -> 1;
    };
  }

  /** Byte within the channel of the pattern's access number {@code index}, from 0. */
  public long channelByte(Organization o, long index) {
    long walked =
        switch (this) {
          case SEQ, ONEROW, SEQWRITE -> index * o.accessBytes();
          case SAMEBANK -> index * o.banks() * o.rowBytes();
          case BANKRR -> index * o.rowBytes();
          case BGRR -> bankGroupFastest(o, index);
        };
    return walked % o.channelBytes();
  }

  private static long bankGroupFastest(Organization o, long index) {
    long group = index % o.bankGroups();
    long rest = index / o.bankGroups();
    long column = rest % o.columns();
    rest /= o.columns();
    long bank = rest % o.banksPerGroup();
    long rankAndRow = rest / o.banksPerGroup();
    long bankOfChannel = (rankAndRow * o.bankGroups() + group) * o.banksPerGroup() + bank;
    return bankOfChannel * o.rowBytes() + column * o.accessBytes();
  }
}
