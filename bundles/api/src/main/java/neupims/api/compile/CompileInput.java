// SPDX-License-Identifier: Apache-2.0
package neupims.api.compile;

import java.util.List;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.Resident;

/**
 * What a compiler turns into a program.
 *
 * @param shard this device's share of the model
 * @param subBatches one or two non-empty groups of requests, each generating one token
 * @param device what the device can do
 * @param seed the experiment's seed, for what a compiler draws: with the iteration, the layer and
 *     the request it is all that a draw depends on
 * @param iteration number of the iteration, from 0
 */
public record CompileInput(
    ModelShard shard,
    List<List<Resident>> subBatches,
    DeviceCapabilities device,
    long seed,
    long iteration) {
  /** The first iteration of an experiment with seed 0. */
  public CompileInput(
      ModelShard shard, List<List<Resident>> subBatches, DeviceCapabilities device) {
    this(shard, subBatches, device, 0, 0);
  }

  public CompileInput {
    subBatches = subBatches.stream().map(List::copyOf).toList();
    if (subBatches.isEmpty() || subBatches.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a program needs at least one request in every sub-batch");
    }
  }
}
