// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

/**
 * Where a hash table keeps an address: the order in which the reference offers the accesses of an
 * operand, which it collects in an open-addressing set [R]. The table has a power of two of slots,
 * is at most four fifths full, and takes the slot from the bits above the fifth of the hash; the
 * hash is the 64-bit finalizer of MurmurHash3 (A. Appleby, public domain).
 */
final class HashOrder {
  private static final int LEAST_SLOTS = 8;
  private static final int UNUSED_BITS = 5;

  private HashOrder() {}

  /** Slots of a table for so many addresses. */
  static int slots(int addresses) {
    int slots = LEAST_SLOTS;
    while (slots * 4L / 5 < addresses) {
      slots *= 2;
    }
    return slots;
  }

  /** The slot of an address. */
  static long place(long address, int slots) {
    long hash = (address ^ address >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return hash >>> UNUSED_BITS & slots - 1;
  }
}
