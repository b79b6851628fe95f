// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.unit.Parameters;

/**
 * What a sub-batch policy sees.
 *
 * @param channels channels of the device
 * @param batch the iteration's decoding requests, in order of admission
 * @param shape the attention of a layer
 * @param estimator estimates a request's PIM time
 * @param iteration number of the iteration, from 0
 * @param parameters a value for each of the policy's parameters
 */
public record SplitState(
    int channels,
    List<Resident> batch,
    GemvShape shape,
    GemvEstimator estimator,
    long iteration,
    Parameters parameters) {
  public SplitState {
    batch = List.copyOf(batch);
  }
}
