// SPDX-License-Identifier: Apache-2.0
package neupims.placement.leastkv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.Parameters;
import neupims.testkit.KvPlacementContract;
import org.junit.jupiter.api.Test;

final class LeastKvPlacementTest extends KvPlacementContract {
  @Override
  protected KvPlacement placement() {
    return new LeastKvPlacement();
  }

  @Test
  void theLargestChoosesFirstAndCountsAtOnce() {
    KvState kv = new KvState(tokens -> tokens, 100, new long[] {50, 70, 60}, 0);
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    PlacementState state =
        new PlacementState(3, List.of(), shape, (s, t) -> 0, kv, 0, 0, 1, Parameters.NONE);
    List<Newcomer> newcomers =
        List.of(new Newcomer(1, 1, 5), new Newcomer(2, 1, 30), new Newcomer(3, 1, 10));
    // 30 to channel 1 (40 left), 10 to channel 2 (50 left), 5 to channel 0, the first of equals.
    assertArrayEquals(new int[] {0, 1, 2}, placement().place(state, newcomers));
  }
}
