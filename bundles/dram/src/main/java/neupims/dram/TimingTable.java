// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.DramTiming;

/**
 * Pair constraints derived from a timing specification, in cycles from issue to issue, in the usual
 * DRAM way (JEDEC JESD235 command timing): the data bus of two bursts must not overlap, and turning
 * it to another rank costs tRTRS.
 */
final class TimingTable {
  /** Read to its last data: RL + burst, 16 for HBM2 [R]. */
  final int readDelay;

  /** Column to column of the same kind, same rank and bank group. */
  final int columnSameGroup;

  /** Column to column of the same kind, same rank, other bank group. */
  final int columnOtherGroup;

  /** Read to read of another rank. */
  final int readOtherRank;

  /** Write to write of another rank: the controller drives both, no turnaround [R]. */
  final int writeOtherRank;

  /** Read to write, any rank. */
  final int readToWrite;

  /** Write to read, same bank group. */
  final int writeToReadSameGroup;

  /** Write to read, other bank group. */
  final int writeToReadOtherGroup;

  /** Write to read of another rank, at least 0. */
  final int writeToReadOtherRank;

  /** Read to precharge of its bank. */
  final int readToPrecharge;

  /** Write to precharge of its bank. */
  final int writeToPrecharge;

  final int rcd;
  final int rp;
  final int ras;
  final int rc;
  final int rrdS;
  final int rrdL;
  final int faw;
  final int rfc;

  /** Whether the bank group matters for two reads of a rank. */
  final boolean readsBindGroups;

  TimingTable(DramTiming t) {
    int writeDelay = t.cwl() + t.burst();
    readDelay = t.cl() + t.burst();
    columnSameGroup = Math.max(t.burst(), t.ccdL());
    columnOtherGroup = Math.max(t.burst(), t.ccdS());
    readOtherRank = t.burst() + t.rtrs();
    writeOtherRank = t.burst();
    readToWrite = t.cl() + t.burst() - t.cwl() + t.rtrs();
    writeToReadSameGroup = writeDelay + t.wtrL();
    writeToReadOtherGroup = writeDelay + t.wtrS();
    writeToReadOtherRank = Math.max(0, writeDelay + t.burst() + t.rtrs() - readDelay);
    readToPrecharge = t.rtpL();
    writeToPrecharge = t.cwl() + t.burst() + t.wr();
    rcd = t.rcd();
    rp = t.rp();
    ras = t.ras();
    rc = t.rc();
    rrdS = t.rrdS();
    rrdL = t.rrdL();
    faw = t.faw();
    rfc = t.rfc();
    readsBindGroups = columnSameGroup > columnOtherGroup;
  }
}
