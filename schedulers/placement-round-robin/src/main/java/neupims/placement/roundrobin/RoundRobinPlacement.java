// SPDX-License-Identifier: Apache-2.0
package neupims.placement.roundrobin;

import java.util.List;
import java.util.stream.IntStream;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Deals requests to the channels in turn, whatever their length ([P] sec. 7, the NPU+PIM baseline).
 * The turn is the number of requests placed so far, so it survives a swap of policies.
 */
@Component(property = "service.description=requests to the channels in turn, whatever their length")
@NeupimsName("round-robin")
public final class RoundRobinPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    return IntStream.range(0, newcomers.size())
        .map(i -> (int) ((state.placedBefore() + i) % state.channels()))
        .toArray();
  }
}
