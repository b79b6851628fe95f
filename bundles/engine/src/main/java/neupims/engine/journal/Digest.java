// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

/**
 * Sixty-four bits of a sequence of values, the same on every machine. Each is mixed in by the
 * output function of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014).
 */
final class Digest {
  private long state;

  void add(long value) {
    long z = (state ^ value) + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    state = z ^ z >>> 31;
  }

  void add(long... values) {
    for (long value : values) {
      add(value);
    }
  }

  void add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  long value() {
    return state;
  }
}
