// SPDX-License-Identifier: Apache-2.0
package neupims.split.auto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.NpuEstimate;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.testkit.SubBatchPolicyContract;
import org.junit.jupiter.api.Test;

final class AutoSplitTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new AutoSplit();
  }

  @Test
  void aBatchThatOnlyReadsWeightsTwiceStaysWhole() {
    // Weights take 1000 however many tokens: 2000 interleaved, 1000 + 100 not.
    assertEquals(1, policy().split(state(tokens -> 1000)).size());
  }

  @Test
  void aBatchWhosePimTimeHidesBehindTheNpuIsSplit() {
    // 400 + 100 one after the other, 2 x max(200, 50) interleaved.
    assertEquals(2, policy().split(state(tokens -> 100L * tokens)).size());
  }

  private static SplitState state(NpuEstimate npu) {
    List<Resident> batch = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      batch.add(new Resident(i, i / 2, 50));
    }
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    return new SplitState(2, batch, shape, (s, tokens) -> tokens, npu, 0, Parameters.NONE);
  }
}
