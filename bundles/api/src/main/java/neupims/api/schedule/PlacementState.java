// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.unit.Parameters;

/**
 * What a placement policy sees.
 *
 * @param channels channels of the device
 * @param residents requests that have a channel, in order of admission
 * @param shape the attention of a layer
 * @param estimator estimates a request's PIM time
 * @param kv the KV cache without that of the newcomers
 * @param placedBefore requests placed since the start of the run
 * @param iteration number of the coming iteration, from 0
 * @param seed the experiment's seed
 * @param parameters a value for each of the policy's parameters
 */
public record PlacementState(
    int channels,
    List<Resident> residents,
    GemvShape shape,
    GemvEstimator estimator,
    KvState kv,
    long placedBefore,
    long iteration,
    long seed,
    Parameters parameters) {
  public PlacementState {
    residents = List.copyOf(residents);
  }
}
