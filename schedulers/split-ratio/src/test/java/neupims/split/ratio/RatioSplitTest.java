// SPDX-License-Identifier: Apache-2.0
package neupims.split.ratio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.ChannelShares;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.NpuEstimate;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.testkit.SubBatchPolicyContract;
import org.junit.jupiter.api.Test;

final class RatioSplitTest extends SubBatchPolicyContract {
  @Override
  protected SubBatchPolicy policy() {
    return new RatioSplit();
  }

  @Test
  void anEvenSplitIsKeptWhereNothingIsWon() {
    SplitState state = state(tokens -> 10 * tokens);
    assertEquals(new ChannelShares(state).cut(0.5), policy().split(state));
  }

  @Test
  void blocksOfTheNpuMakeAnUnevenSplitPay() {
    // 96 requests: the NPU takes 64 at a time, so 48 + 48 needs as many blocks as 32 + 64, and the
    // PIM
    // is quicker with the smaller part first.
    NpuEstimate blocks = tokens -> tokens <= 36 ? 1000 : 4000;
    SplitState state = state(blocks);
    List<List<Resident>> split = policy().split(state);
    List<List<Resident>> even = new ChannelShares(state).cut(0.5);
    assertTrue(split.get(0).size() <= 36, split.get(0).size() + " requests");
    assertTrue(
        state.interleavedCycles(split.get(0), split.get(1))
            < state.interleavedCycles(even.get(0), even.get(1)));
  }

  private static SplitState state(NpuEstimate npu) {
    List<Resident> batch = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      batch.add(new Resident(i, i % 8, 100));
    }
    GemvShape shape = new GemvShape(8, 128, 512, 32);
    return new SplitState(8, batch, shape, (s, tokens) -> tokens, npu, 0, Parameters.NONE);
  }
}
