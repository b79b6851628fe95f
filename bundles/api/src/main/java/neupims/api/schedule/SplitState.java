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
 * @param npu estimates the NPU's time
 * @param iteration number of the iteration, from 0
 * @param parameters a value for each of the policy's parameters
 */
public record SplitState(
    int channels,
    List<Resident> batch,
    GemvShape shape,
    GemvEstimator estimator,
    NpuEstimate npu,
    long iteration,
    Parameters parameters) {
  public SplitState {
    batch = List.copyOf(batch);
  }

  /** Estimated PIM time of a request's attention in one layer. */
  public long pimCycles(Resident resident) {
    return estimator.estimateCycles(shape, resident.sequenceTokens());
  }

  /** Estimated PIM time of a sub-batch in one layer: that of the channel with the most to do. */
  public long pimCycles(List<Resident> subBatch) {
    long[] load = new long[channels];
    long most = 0;
    for (Resident resident : subBatch) {
      load[resident.channel()] += pimCycles(resident);
      most = Math.max(most, load[resident.channel()]);
    }
    return most;
  }

  /** Estimated time of a layer without interleaving: NPU and PIM one after the other. */
  public long serialCycles() {
    return npu.blockCycles(batch.size()) + pimCycles(batch);
  }

  /** Estimated time of a layer in steady state with one sub-batch on the NPU, one on the PIM. */
  public long interleavedCycles(List<Resident> first, List<Resident> second) {
    return Math.max(npu.blockCycles(first.size()), pimCycles(second))
        + Math.max(npu.blockCycles(second.size()), pimCycles(first));
  }
}
