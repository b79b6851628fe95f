// SPDX-License-Identifier: Apache-2.0
package neupims.split.auto;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.ChannelShares;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Interleaves only when it pays by estimate: two sub-batches of equal estimated PIM time if a layer
 * of theirs takes less than one of the whole batch, else the whole batch. Interleaving reads every
 * weight twice, which small batches cannot hide ([P] sec. 7: it pays from batch 256 up).
 */
@Component(
    property = "service.description=two balanced sub-batches when that pays by estimate, else one")
@NeupimsName("auto")
public final class AutoSplit implements SubBatchPolicy {
  @Override
  public List<List<Resident>> split(SplitState state) {
    List<List<Resident>> split = new ChannelShares(state).cut(0.5);
    boolean pays =
        split.size() == 2
            && state.interleavedCycles(split.get(0), split.get(1)) < state.serialCycles();
    return pays ? split : List.of(state.batch());
  }
}
