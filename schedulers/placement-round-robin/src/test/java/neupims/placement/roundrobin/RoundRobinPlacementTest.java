// SPDX-License-Identifier: Apache-2.0
package neupims.placement.roundrobin;

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

final class RoundRobinPlacementTest extends KvPlacementContract {
  @Override
  protected KvPlacement placement() {
    return new RoundRobinPlacement();
  }

  @Test
  void goesOnWhereTheLastPlacementStopped() {
    List<Newcomer> three =
        List.of(new Newcomer(8, 1, 1), new Newcomer(9, 500, 1), new Newcomer(10, 20, 1));
    assertArrayEquals(new int[] {2, 3, 0}, placement().place(placedBefore(10), three));
  }

  @Test
  void countsOnPastTheRangeOfAnInt() {
    List<Newcomer> one = List.of(new Newcomer(8, 1, 1));
    assertArrayEquals(new int[] {1}, placement().place(placedBefore((1L << 40) + 1), one));
  }

  private static PlacementState placedBefore(long requests) {
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    KvState kv = KvState.boundless(4);
    return new PlacementState(
        4, List.of(), shape, (s, tokens) -> tokens, kv, requests, 0, 1, Parameters.NONE);
  }
}
