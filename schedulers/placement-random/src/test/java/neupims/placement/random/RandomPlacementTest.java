// SPDX-License-Identifier: Apache-2.0
package neupims.placement.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.Parameters;
import neupims.testkit.KvPlacementContract;
import org.junit.jupiter.api.Test;

final class RandomPlacementTest extends KvPlacementContract {
  @Override
  protected KvPlacement placement() {
    return new RandomPlacement();
  }

  @Test
  void channelsWithRoomAreEquallyLikelyAndOthersNeverChosen() {
    KvState kv = new KvState(tokens -> tokens, 9, new long[] {9, 4, 9, 9, 9}, 0);
    int[] hits = new int[5];
    for (long iteration = 0; iteration < 4000; iteration++) {
      PlacementState state =
          new PlacementState(
              5,
              List.of(),
              new GemvShape(8, 128, 512, 32),
              (s, t) -> 0,
              kv,
              0,
              iteration,
              1,
              Parameters.NONE);
      hits[placement().place(state, List.of(new Newcomer(7, 5, 5)))[0]]++;
    }
    assertEquals(0, hits[1]);
    for (int channel : new int[] {0, 2, 3, 4}) {
      // 1,000 expected, deviation 27: five of them.
      assertTrue(Math.abs(hits[channel] - 1000) < 140, channel + ": " + hits[channel]);
    }
  }
}
