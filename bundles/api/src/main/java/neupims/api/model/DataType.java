// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/** Formats of stored values. */
public enum DataType {
  /** IEEE 754 binary16. */
  FP16(2),
  /** The upper half of an IEEE 754 binary32. */
  BF16(2),
  /** Eight bits with an exponent (E4M3 or E5M2: they take the same room and time here). */
  FP8(1),
  /** Eight-bit integers; scales are not counted. */
  INT8(1);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }
}
