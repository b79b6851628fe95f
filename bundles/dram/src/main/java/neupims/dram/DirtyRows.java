// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Rows of a channel, the same of all banks together, with writes that have been offered and are not
 * in the array yet. A read of another row cannot be answered by a write. Rows share places, so the
 * answer may be yes where no write is, never the other way round.
 */
final class DirtyRows {
  private static final int PLACES = 1024;

  private final int[] accesses = new int[PLACES];
  private final int banks;
  private final int columns;
  private int all;

  DirtyRows(Geometry geometry) {
    banks = geometry.banks;
    columns = geometry.columns;
  }

  /** Takes over another channel's rows. */
  void copyFrom(DirtyRows other) {
    if (all != 0 || other.all != 0) {
      System.arraycopy(other.accesses, 0, accesses, 0, PLACES);
    }
    all = other.all;
  }

  /**
   * Notes writes that have been offered.
   *
   * @param chunk the channel's first chunk of them
   * @param column first column in that chunk
   * @param count accesses, in that chunk and those that follow
   */
  void add(long chunk, int column, int count) {
    all += count;
    long at = chunk;
    int left = count;
    int room = columns - column;
    while (left > 0) {
      int taken = Math.min(left, room);
      accesses[place(at / banks)] += taken;
      left -= taken;
      room = columns;
      at++;
    }
  }

  /** Notes that writes to a row have been done, or never will because others took their place. */
  void remove(int row, int count) {
    all -= count;
    accesses[place(row)] -= count;
  }

  /** Whether an access to the given chunks' rows may meet a write. */
  boolean meets(long chunk, int column, int count) {
    if (all == 0) {
      return false;
    }
    long last = (chunk + (column + count - 1) / columns) / banks;
    for (long row = chunk / banks; row <= last; row++) {
      if (accesses[place(row)] > 0) {
        return true;
      }
    }
    return false;
  }

  private static int place(long row) {
    return (int) row & (PLACES - 1);
  }
}
