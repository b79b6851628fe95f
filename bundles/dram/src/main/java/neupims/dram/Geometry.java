// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Organization;

/** Banks of a channel as bit masks: bit {@code b} is bank {@code b}. */
final class Geometry {
  final int ranks;
  final int banks;
  final int banksPerRank;
  final int groups;
  final int groupsPerRank;
  final int banksPerGroup;
  final int rows;
  final int columns;
  final int accessBytes;

  /** Rank of each bank. */
  final int[] rankOf;

  /** Bank group, within the channel, of each bank. */
  final int[] groupOf;

  /** Banks of each rank. */
  final long[] rankBanks;

  /** Banks of each bank group of the channel. */
  final long[] groupBanks;

  Geometry(Organization organization) {
    ranks = organization.ranks();
    banks = organization.banks();
    if (banks > Long.SIZE) {
      throw new IllegalArgumentException(
          "organization: %d banks a channel, the channel engine takes at most %d"
              .formatted(banks, Long.SIZE));
    }
    groupsPerRank = organization.bankGroups();
    banksPerGroup = organization.banksPerGroup();
    banksPerRank = groupsPerRank * banksPerGroup;
    groups = ranks * groupsPerRank;
    rows = organization.rows();
    columns = organization.columns();
    accessBytes = organization.accessBytes();
    rankOf = new int[banks];
    groupOf = new int[banks];
    rankBanks = new long[ranks];
    groupBanks = new long[groups];
    for (int b = 0; b < banks; b++) {
      rankOf[b] = b / banksPerRank;
      groupOf[b] = b / banksPerGroup;
      rankBanks[rankOf[b]] |= 1L << b;
      groupBanks[groupOf[b]] |= 1L << b;
    }
  }
}
