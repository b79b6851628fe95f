// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of numbers and texts. Whole numbers take as many groups of seven bits as they need, the
 * lowest first, signs folded into the lowest bit; doubles take eight bytes.
 */
final class Numbers {
  private byte[] bytes;
  private int at;
  private int end;

  /** Empty, to be written. */
  Numbers() {
    bytes = new byte[1 << 12];
  }

  /** To be read. */
  Numbers(byte[] bytes) {
    this.bytes = bytes;
    end = bytes.length;
  }

  /** What has been written. */
  byte[] written() {
    return Arrays.copyOf(bytes, end);
  }

  void clear() {
    end = 0;
  }

  void put(long value) {
    long left = value << 1 ^ value >> 63;
    room(10);
    while ((left & ~0x7fL) != 0) {
      bytes[end++] = (byte) (left & 0x7f | 0x80);
      left >>>= 7;
    }
    bytes[end++] = (byte) left;
  }

  void put(double value) {
    room(8);
    ByteBuffer.wrap(bytes).putDouble(end, value);
    end += 8;
  }

  void put(String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    put(utf.length);
    room(utf.length);
    System.arraycopy(utf, 0, bytes, end, utf.length);
    end += utf.length;
  }

  private void room(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + more));
    }
  }

  /** The next whole number; reading beyond the end is an {@link IndexOutOfBoundsException}. */
  long number() {
    long folded = 0;
    for (int shift = 0; ; shift += 7) {
      byte group = bytes[at++];
      folded |= (group & 0x7fL) << shift;
      if (group >= 0) {
        return folded >>> 1 ^ -(folded & 1);
      }
    }
  }

  int count() {
    return Math.toIntExact(number());
  }

  double real() {
    at += 8;
    return ByteBuffer.wrap(bytes).getDouble(at - 8);
  }

  String text() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
