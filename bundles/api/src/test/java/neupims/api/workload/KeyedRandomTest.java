// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class KeyedRandomTest {
  @Test
  void followsThePublishedTestVectorOfSplitMix64() {
    KeyedRandom random = KeyedRandom.startingAt(1234567);
    long[] published = {
      6457827717110365317L, 3203168211198807973L, Long.parseUnsignedLong("9817491932198370423")
    };
    assertArrayEquals(published, LongStream.generate(random::nextLong).limit(3).toArray());
  }

  @Test
  void agreesWithTheSplittableRandomOfTheJdk() {
    SplittableRandom jdk = new SplittableRandom(42);
    KeyedRandom ours = KeyedRandom.startingAt(42);
    for (int i = 0; i < 1000; i++) {
      assertEquals(jdk.nextLong(), ours.nextLong());
    }
  }

  @Test
  void givesTheSameNumbersForTheSameSeedAndKeys() {
    assertEquals(new KeyedRandom(7, 1, 2).nextLong(), new KeyedRandom(7, 1, 2).nextLong());
  }

  @Test
  void givesOtherNumbersForEveryOtherSeedKeyAndOrderOfKeys() {
    long[][] starts = {{7, 1, 2}, {8, 1, 2}, {7, 2, 1}, {7, 1, 3}, {7, 1}, {7}, {7, 0}, {7, 0, 0}};
    long distinct =
        Arrays.stream(starts)
            .map(s -> new KeyedRandom(s[0], Arrays.copyOfRange(s, 1, s.length)))
            .mapToLong(KeyedRandom::nextLong)
            .distinct()
            .count();
    assertEquals(starts.length, distinct);
  }

  @Test
  void firstNumbersOfConsecutiveKeysAreUniform() {
    int keys = 100_000;
    int[] decile = new int[10];
    for (int key = 0; key < keys; key++) {
      decile[(int) (new KeyedRandom(1, key).nextDouble() * 10)]++;
    }
    for (int count : decile) {
      // Six standard deviations of a binomial with n = 100,000 and p = 0.1 are 569.
      assertEquals(keys / 10.0, count, 569);
    }
  }
}
