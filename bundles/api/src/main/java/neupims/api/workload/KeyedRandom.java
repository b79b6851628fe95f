// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.random.RandomGenerator;

/**
 * Random numbers that depend on a seed and on keys, such as a request's id, and on nothing else:
 * not on what was drawn before for other keys, and not on the JVM, whose own generators either
 * leave the sequence open ({@link java.util.SplittableRandom}) or live in a module that a runtime
 * may lack ({@code jdk.random}). A policy that chooses at random draws from seed, iteration and
 * request id.
 *
 * <p>The sequence is SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, OOPSLA 2014, with the mixing constants of Stafford's variant 13): the state grows by
 * 0x9E3779B97F4A7C15 and {@link #mix} of it is the number. It starts at a state mixed from the seed
 * and, one after the other, the keys. {@link #nextDouble()} is the upper 53 bits times 2^-53. Not
 * thread-safe.
 */
public final class KeyedRandom implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** The numbers of a seed and its keys; the order of the keys matters. */
  public KeyedRandom(long seed, long... keys) {
    long start = mix(seed + GAMMA);
    for (long key : keys) {
      start = mix(start + GAMMA + key);
    }
    state = start;
  }

  /** The published sequence from a given state, for comparison with its test vectors. */
  static KeyedRandom startingAt(long state) {
    KeyedRandom random = new KeyedRandom(0);
    random.state = state;
    return random;
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
