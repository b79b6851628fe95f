// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Chooses the channel of each new request's KV cache. A pure function of what it is handed. */
@ConsumerType
public interface KvPlacement {
  /**
   * A channel for each newcomer.
   *
   * @param state channels and residents; residents stay where they are
   * @param newcomers requests without a channel, in order of admission
   * @return per newcomer, in the order given, a channel from 0 to {@code state.channels() - 1}
   */
  int[] place(PlacementState state, List<Newcomer> newcomers);
}
