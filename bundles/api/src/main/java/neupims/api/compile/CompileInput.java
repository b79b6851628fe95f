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
 */
public record CompileInput(
    ModelShard shard, List<List<Resident>> subBatches, DeviceCapabilities device) {
  public CompileInput {
    subBatches = subBatches.stream().map(List::copyOf).toList();
    if (subBatches.isEmpty() || subBatches.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a program needs at least one request in every sub-batch");
    }
  }
}
