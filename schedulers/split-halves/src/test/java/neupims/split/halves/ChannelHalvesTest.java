// SPDX-License-Identifier: Apache-2.0
package neupims.split.halves;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.testkit.SubBatchPolicyContract;
import org.junit.jupiter.api.Test;

final class ChannelHalvesTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new ChannelHalves();
  }

  @Test
  void oddChannelsGiveTheirLargerHalfInTurnToTheFirstAndTheSecond() {
    // Requests by channel: 0 has 3, 1 has 2, 2 has 1, 3 has 5.
    List<List<Long>> halves = ids(split(0, 0, 0, 1, 1, 2, 3, 3, 3, 3, 3));
    assertEquals(List.of(0L, 1L, 3L, 6L, 7L, 8L), halves.get(0));
    assertEquals(List.of(2L, 4L, 5L, 9L, 10L), halves.get(1));
  }

  @Test
  void aChannelsListIsInOrderOfAdmission() {
    assertEquals(List.of(List.of(1L, 0L), List.of(3L, 2L)), ids(split(1, 0, 1, 0)));
  }

  @Test
  void halvesDifferByOneRequestAtMostInEveryChannelAndInTotal() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int[] channel = random.ints(2 + random.nextInt(300), 0, 32).toArray();
      List<List<Resident>> halves = split(channel);
      assertTrue(Math.abs(halves.get(0).size() - halves.get(1).size()) <= 1);
      for (int c = 0; c < 32; c++) {
        assertTrue(Math.abs(count(halves.get(0), c) - count(halves.get(1), c)) <= 1);
      }
    }
  }

  private List<List<Resident>> split(int... channels) {
    List<Resident> batch = new ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      batch.add(new Resident(i, channels[i], 100));
    }
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    return policy()
        .split(new SplitState(32, batch, shape, (s, tokens) -> tokens, t -> t, 0, Parameters.NONE));
  }

  private static List<List<Long>> ids(List<List<Resident>> halves) {
    return halves.stream().map(h -> h.stream().map(Resident::request).toList()).toList();
  }

  private static long count(List<Resident> half, int channel) {
    return half.stream().filter(resident -> resident.channel() == channel).count();
  }
}
