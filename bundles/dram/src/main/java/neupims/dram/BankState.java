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

  /** Takes over another channel's state. */
  void copyFrom(BankState other) {
    System.arraycopy(other.openRow, 0, openRow, 0, openRow.length);
    System.arraycopy(other.hits, 0, hits, 0, hits.length);
    System.arraycopy(other.activateAt, 0, activateAt, 0, activateAt.length);
    System.arraycopy(other.columnAt, 0, columnAt, 0, columnAt.length);
    System.arraycopy(other.prechargeAt, 0, prechargeAt, 0, prechargeAt.length);
    System.arraycopy(other.pimRow, 0, pimRow, 0, pimRow.length);
    System.arraycopy(other.pimActivateAt, 0, pimActivateAt, 0, pimActivateAt.length);
    System.arraycopy(other.pimPrechargeAt, 0, pimPrechargeAt, 0, pimPrechargeAt.length);
  }

  /** Adds the state to an image; hits beyond the cap are all the same. */
  void show(Image image, int rowHitCap) {
    for (int b = 0; b < openRow.length; b++) {
      image.add(openRow[b]);
      image.add(openRow[b] == CLOSED ? 0 : Math.min(hits[b], rowHitCap));
    }
    image.addTimes(activateAt);
    image.addTimes(columnAt);
    image.addTimes(prechargeAt);
    if (dual) {
      for (int row : pimRow) {
        image.add(row);
      }
      image.addTimes(pimActivateAt);
      image.addTimes(pimPrechargeAt);
    }
  }

  /** Raises an entry. */
  static void raise(long[] times, int index, long cycle) {
    if (times[index] < cycle) {
      times[index] = cycle;
    }
  }
}
