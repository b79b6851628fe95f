// SPDX-License-Identifier: Apache-2.0
package neupims.split.balanced;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.ChannelShares;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Two sub-batches of equal estimated PIM time in every channel, longest request first (the greedy
 * rule of [P] sec. 5, algorithm 2, with two bins for each channel). Where {@code halves} counts
 * requests, this weighs them.
 */
@Component(
    property = "service.description=equal estimated PIM time of every channel to two sub-batches")
@NeupimsName("balanced")
public final class BalancedSplit implements SubBatchPolicy {
  @Override
  public List<List<Resident>> split(SplitState state) {
    return new ChannelShares(state).cut(0.5);
  }
}
