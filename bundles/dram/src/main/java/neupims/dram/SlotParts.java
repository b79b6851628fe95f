// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/** What a slot is to each channel: consecutive accesses from a column of one of its chunks on. */
final class SlotParts {
  private final AddressMap map;
  private final int columns;
  private final long[] chunk;
  private final int[] column;
  private final int[] accesses;
  private boolean uniform;

  SlotParts(AddressMap map, int channels, int columns) {
    this.map = map;
    this.columns = columns;
    chunk = new long[channels];
    column = new int[channels];
    accesses = new int[channels];
  }

  /** Cuts a byte range. */
  void cut(long address, int bytes) {
    int channels = chunk.length;
    long lastByte = address + bytes - 1;
    long first = map.chunk(address);
    long last = map.chunk(lastByte);
    int start = map.column(address);
    int end = map.column(lastByte) + 1;
    long touched = Math.min(last - first + 1, channels);
    if (touched < channels) {
      Arrays.fill(accesses, 0);
    }
    for (long at = first; at < first + touched; at++) {
      long chunks = (last - at) / channels + 1;
      int count = (int) chunks * columns;
      if (at + (chunks - 1) * channels == last) {
        count -= columns - end;
      }
      int c = map.channel(at);
      chunk[c] = map.inChannel(at);
      column[c] = at == first ? start : 0;
      accesses[c] = count - column[c];
    }
    uniform = start == 0 && end == columns && map.channel(first) == 0 && map.channel(last + 1) == 0;
  }

  /** Whether it is the same to all channels. */
  boolean uniform() {
    return uniform;
  }

  /** Whether it is the same to two channels. */
  boolean isSame(int one, int other) {
    return accesses[one] == accesses[other]
        && (accesses[one] == 0 || (chunk[one] == chunk[other] && column[one] == column[other]));
  }

  /** The first of a channel's chunks. */
  long chunk(int channel) {
    return chunk[channel];
  }

  /** First column in that chunk. */
  int column(int channel) {
    return column[channel];
  }

  /** A channel's accesses, 0 when it is not touched. */
  int accesses(int channel) {
    return accesses[channel];
  }
}
