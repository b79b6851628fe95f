// SPDX-License-Identifier: Apache-2.0
package neupims.split.ratio;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.ChannelShares;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * The split with the least estimated time of a layer, max(NPU 1, PIM 2) + max(NPU 2, PIM 1), of
 * those that give the first sub-batch 8/16 to 1/16 of every channel's estimated PIM time; of equals
 * the most even one. Searched anew for every iteration.
 */
@Component(property = "service.description=the split with the least estimated time of a layer")
@NeupimsName("ratio")
public final class RatioSplit implements SubBatchPolicy {
  private static final int STEPS = 16;

  @Override
  public List<List<Resident>> split(SplitState state) {
    ChannelShares shares = new ChannelShares(state);
    List<List<Resident>> best = shares.cut(0.5);
    long least = cycles(state, best);
    for (int step = STEPS / 2 - 1; step > 0; step--) {
      List<List<Resident>> split = shares.cut(step / (double) STEPS);
      long cycles = cycles(state, split);
      if (split.size() == 2 && cycles < least) {
        best = split;
        least = cycles;
      }
    }
    return best;
  }

  private static long cycles(SplitState state, List<List<Resident>> split) {
    return split.size() == 1
        ? state.serialCycles()
        : state.interleavedCycles(split.get(0), split.get(1));
  }
}
