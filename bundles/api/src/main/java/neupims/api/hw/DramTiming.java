// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * Timing of a DRAM in cycles of its command clock, with the names of the JEDEC standards (tRCD is
 * {@code rcd}; {@code S}: other bank group, {@code L}: same bank group).
 *
 * @param burst data bus cycles of one access
 * @param cl read command to first data
 * @param cwl write command to first data
 * @param rcd activate to read or write, same bank
 * @param rp precharge to activate, same bank
 * @param ras activate to precharge, same bank; tRC = ras + rp
 * @param rrdS activate to activate, other bank group
 * @param rrdL activate to activate, same bank group
 * @param ccdS column to column command, other bank group
 * @param ccdL column to column command, same bank group
 * @param wtrS end of write data to read, other bank group
 * @param wtrL end of write data to read, same bank group
 * @param rtpS read to precharge when the standard gives a short one (other bank group)
 * @param rtpL read to precharge, same bank
 * @param wr end of write data to precharge
 * @param faw window that holds at most four activates of a rank
 * @param rfc refresh to activate, same rank
 * @param refi mean interval of a rank's refreshes
 * @param rtrs data bus turnaround between ranks
 */
public record DramTiming(
    int burst,
    int cl,
    int cwl,
    int rcd,
    int rp,
    int ras,
    int rrdS,
    int rrdL,
    int ccdS,
    int ccdL,
    int wtrS,
    int wtrL,
    int rtpS,
    int rtpL,
    int wr,
    int faw,
    int rfc,
    int refi,
    int rtrs) {

  /** Activate to activate of the same bank. */
  public int rc() {
    return ras + rp;
  }
}
