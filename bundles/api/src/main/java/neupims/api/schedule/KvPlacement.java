// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/** Chooses the channel of each new request's KV cache. A pure function of what it is handed. */
@ConsumerType
public interface KvPlacement {
  /** The parameters that this policy understands, for {@link PlacementState#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * A channel for each newcomer. One that is sent to a channel without room for its KV cache is not
   * admitted in this iteration: a policy that can, chooses among those with room.
   *
   * @param state channels and residents; residents stay where they are
   * @param newcomers requests without a channel, in order of admission
   * @return per newcomer, in the order given, a channel from 0 to {@code state.channels() - 1}
   */
  int[] place(PlacementState state, List<Newcomer> newcomers);
}
