// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs pieces of bytes one by one: each is deflated with the one before it as the dictionary, as
 * one iteration is much like the next, and yet whole as soon as it is written. On disk a piece is
 * its packed length, its length, a checksum of the packed bytes, and these.
 */
final class Frames implements AutoCloseable {
  /** Bytes before the packed ones. */
  static final int HEAD = 12;

  /** Longer is no piece of ours. */
  static final int LONGEST = 1 << 26;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);
  private byte[] before = new byte[0];

  /** Packs a piece. */
  byte[] pack(byte[] piece) {
    deflater.reset();
    deflater.setDictionary(before);
    deflater.setInput(piece);
    deflater.finish();
    byte[] packed = new byte[piece.length + 64];
    int length = 0;
    while (!deflater.finished()) {
      if (length == packed.length) {
        packed = Arrays.copyOf(packed, 2 * length);
      }
      length += deflater.deflate(packed, length, packed.length - length);
    }
    before = piece;
    return Arrays.copyOf(packed, length);
  }

  /**
   * Unpacks a piece.
   *
   * @param length its length
   * @throws DataFormatException if that is not what was packed
   */
  byte[] unpack(byte[] packed, int length) throws DataFormatException {
    inflater.reset();
    inflater.setDictionary(before);
    inflater.setInput(packed);
    byte[] piece = new byte[length];
    int got = 0;
    while (got < length) {
      int more = inflater.inflate(piece, got, length - got);
      if (more == 0) {
        throw new DataFormatException(got + " bytes instead of " + length);
      }
      got += more;
    }
    before = piece;
    return piece;
  }

  static int checksum(byte[] packed) {
    CRC32 crc = new CRC32();
    crc.update(packed);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }
}
