// SPDX-License-Identifier: Apache-2.0
package neupims.placement.minload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.Parameters;
import neupims.testkit.KvPlacementContract;
import org.junit.jupiter.api.Test;

final class MinLoadPlacementTest extends KvPlacementContract {
  private static final GemvEstimator TOKENS = (shape, tokens) -> tokens;

  @Override
  protected KvPlacement placement() {
    return new MinLoadPlacement();
  }

  @Test
  void theLongestNewcomerIsPlacedFirstAndItsLoadCounts() {
    int[] channels = place(TOKENS, List.of(), 30, 90, 50, 40);
    // 90 -> 0, 50 -> 1, 40 -> 2, then 30 to the least of 90, 50, 40.
    assertArrayEquals(new int[] {2, 0, 1, 2}, channels);
  }

  @Test
  void residentsWeighOnTheirChannel() {
    List<Resident> residents = List.of(new Resident(1, 0, 60), new Resident(2, 2, 50));
    assertArrayEquals(new int[] {1, 2}, place(TOKENS, residents, 55, 10));
  }

  @Test
  void equalLoadsTakeTheLowestChannelAndEqualLengthsKeepTheirOrder() {
    assertArrayEquals(new int[] {0, 1, 2, 0}, place(TOKENS, List.of(), 10, 10, 10, 10));
  }

  @Test
  void loadIsWhatTheEstimatorSaysAndNotTheLength() {
    List<Resident> residents = List.of(new Resident(1, 0, 100), new Resident(2, 1, 90));
    GemvEstimator shortIsDear = (shape, tokens) -> 1000 - tokens;
    List<Resident> all = List.of(residents.get(0), residents.get(1), new Resident(3, 2, 80));
    assertArrayEquals(new int[] {0}, place(shortIsDear, all, 10));
  }

  @Test
  void aChannelWithoutRoomIsPassedOverHoweverLittleItsLoad() {
    List<Resident> residents = List.of(new Resident(1, 1, 50), new Resident(2, 2, 70));
    KvState kv = new KvState(tokens -> tokens, 100, new long[] {9, 20, 100}, 0);
    List<Newcomer> two = List.of(new Newcomer(3, 15, 15), new Newcomer(4, 12, 12));
    assertArrayEquals(new int[] {1, 2}, place((s, t) -> t, residents, kv, two));
  }

  private int[] place(GemvEstimator estimator, List<Resident> residents, int... tokens) {
    List<Newcomer> newcomers =
        Arrays.stream(tokens).mapToObj(t -> new Newcomer(100 + t, t, 1)).toList();
    return place(estimator, residents, KvState.boundless(3), newcomers);
  }

  private int[] place(
      GemvEstimator estimator, List<Resident> residents, KvState kv, List<Newcomer> newcomers) {
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    PlacementState state =
        new PlacementState(3, residents, shape, estimator, kv, 0, 0, 1, Parameters.NONE);
    return placement().place(state, newcomers);
  }
}
