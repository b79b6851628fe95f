// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * Row buffers of a channel's banks and the earliest cycle of the next command on each. With a
 * single row buffer the PIM's arrays are the MEM buffer's own, so that one code path serves both
 * kinds.
 */
final class BankState {
  /** No row. */
  static final int CLOSED = -1;

  /** Row in the MEM row buffer. */
  final int[] openRow;

  /** Column commands that the open row has served. */
  final int[] hits;

  /** Earliest activate into the MEM row buffer. */
  final long[] activateAt;

  /** Earliest read, write or GWRITE. */
  final long[] columnAt;

  /** Earliest precharge of the MEM row buffer. */
  final long[] prechargeAt;

  /** Row in the PIM row buffer. */
  final int[] pimRow;

  /** Earliest activate into the PIM row buffer. */
  final long[] pimActivateAt;

  /** Earliest precharge of the PIM row buffer. */
  final long[] pimPrechargeAt;

  /** Whether the PIM has row buffers of its own. */
  final boolean dual;

  BankState(int banks, boolean dual) {
    this.dual = dual;
    openRow = new int[banks];
    Arrays.fill(openRow, CLOSED);
    hits = new int[banks];
    activateAt = new long[banks];
    columnAt = new long[banks];
    prechargeAt = new long[banks];
    pimRow = dual ? openRow.clone() : openRow;
    pimActivateAt = dual ? new long[banks] : activateAt;
    pimPrechargeAt = dual ? new long[banks] : prechargeAt;
  }

  /** Raises an entry. */
  static void raise(long[] times, int index, long cycle) {
    if (times[index] < cycle) {
      times[index] = cycle;
    }
  }
}
