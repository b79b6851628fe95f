// SPDX-License-Identifier: Apache-2.0
package neupims.itests.plugins;

import java.util.List;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;

/** Cannot be made. */
public final class UnmadePlacement implements KvPlacement {
  /** Throws. */
  public UnmadePlacement() {
    throw new IllegalStateException("no table of weights");
  }

  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    return new int[newcomers.size()];
  }
}
