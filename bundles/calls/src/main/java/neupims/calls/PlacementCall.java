// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import java.util.List;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;

/** The arguments of {@link neupims.api.schedule.KvPlacement#place}. */
public record PlacementCall(PlacementState state, List<Newcomer> newcomers) {
  public PlacementCall {
    newcomers = List.copyOf(newcomers);
  }
}
