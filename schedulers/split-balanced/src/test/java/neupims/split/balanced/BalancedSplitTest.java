// SPDX-License-Identifier: Apache-2.0
package neupims.split.balanced;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.testkit.SubBatchPolicyContract;
import org.junit.jupiter.api.Test;

final class BalancedSplitTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new BalancedSplit();
  }

  @Test
  void everyChannelIsWeighedNotCounted() {
    Resident big = new Resident(1, 0, 90);
    Resident small = new Resident(2, 0, 30);
    Resident smaller = new Resident(3, 0, 25);
    Resident smallest = new Resident(4, 0, 35);
    // 90 against 35 + 30 + 25; the other channel's single request goes to the lighter side.
    Resident alone = new Resident(5, 1, 10);
    List<Resident> batch = List.of(big, small, smaller, smallest, alone);
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    SplitState state =
        new SplitState(2, batch, shape, (s, tokens) -> tokens, t -> t, 0, Parameters.NONE);
    assertEquals(
        List.of(List.of(big, alone), List.of(small, smaller, smallest)), policy().split(state));
  }
}
