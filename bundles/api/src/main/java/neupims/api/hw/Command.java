// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/** Commands on a memory channel's command bus; the names are those of results and traces. */
public enum Command {
  /** Activate a row into the MEM row buffer. */
  ACT,
  /** Read one access from the MEM row buffer. */
  RD,
  /** Write one access into the MEM row buffer. */
  WR,
  /** Precharge a bank's MEM row buffer. */
  PRE,
  /** All-bank refresh of a rank. */
  REF,
  /** Copy a bank row into the channel's global vector buffer. */
  GWRITE,
  /** Announce a GEMV's size. */
  PIM_HEADER,
  /** Group activate: one row in each bank of a bank group into the PIM row buffers. */
  PIM_ACT,
  /** One lock-step multiply-reduce on all banks; a composite command counts its steps here. */
  PIM_COMP,
  /** Read the adder trees' results; a composite command counts its result read here. */
  PIM_RDRES,
  /** Precharge a bank's PIM row buffer. */
  PIM_PRE
}
