// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.program.Resident;

/**
 * What a placement policy sees.
 *
 * @param channels channels of the device
 * @param residents requests that have a channel, in order of admission
 * @param shape the attention of a layer
 * @param estimator estimates a request's PIM time
 * @param placedBefore requests placed since the start of the run
 * @param seed the experiment's seed
 */
public record PlacementState(
    int channels,
    List<Resident> residents,
    GemvShape shape,
    GemvEstimator estimator,
    long placedBefore,
    long seed) {
  public PlacementState {
    residents = List.copyOf(residents);
  }
}
