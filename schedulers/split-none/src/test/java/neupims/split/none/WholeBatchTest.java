// SPDX-License-Identifier: Apache-2.0
package neupims.split.none;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.testkit.SubBatchPolicyContract;
import org.junit.jupiter.api.Test;

final class WholeBatchTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new WholeBatch();
  }

  @Test
  void theBatchKeepsItsOrder() {
    List<Resident> batch = List.of(new Resident(5, 3, 10), new Resident(2, 0, 700));
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    SplitState state =
        new SplitState(4, batch, shape, (s, tokens) -> tokens, t -> t, 0, Parameters.NONE);
    assertEquals(List.of(batch), policy().split(state));
  }
}
