// SPDX-License-Identifier: Apache-2.0
package neupims.api.compile;

import java.util.List;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/**
 * What a compiler turns into a program.
 *
 * @param shard this device's share of the model
 * @param subBatches one or two non-empty groups of requests, each generating one token; none where
 *     there are only chunks
 * @param chunks parts of prompts that are worked on beside them; where they go is the compiler's
 *     choice
 * @param received K and V of requests in the sub-batches that have come over a link and are not in
 *     the KV cache yet, whole prompts: each is written there in every layer, beside the rest
 * @param device what the device can do
 * @param seed the experiment's seed, for what a compiler draws: with the iteration, the layer and
 *     the request it is all that a draw depends on
 * @param iteration number of the iteration, from 0
 */
public record CompileInput(
    ModelShard shard,
    List<List<Resident>> subBatches,
    List<PrefillChunk> chunks,
    List<PrefillChunk> received,
    DeviceCapabilities device,
    long seed,
    long iteration) {
  /** With nothing from a link. */
  public CompileInput(
      ModelShard shard,
      List<List<Resident>> subBatches,
      List<PrefillChunk> chunks,
      DeviceCapabilities device,
      long seed,
      long iteration) {
    this(shard, subBatches, chunks, List.of(), device, seed, iteration);
  }

  /** Without prompts. */
  public CompileInput(
      ModelShard shard,
      List<List<Resident>> subBatches,
      DeviceCapabilities device,
      long seed,
      long iteration) {
    this(shard, subBatches, List.of(), device, seed, iteration);
  }

  /** The first iteration of an experiment with seed 0, without prompts. */
  public CompileInput(
      ModelShard shard, List<List<Resident>> subBatches, DeviceCapabilities device) {
    this(shard, subBatches, device, 0, 0);
  }

  public CompileInput {
    subBatches = subBatches.stream().map(List::copyOf).toList();
    chunks = List.copyOf(chunks);
    received = List.copyOf(received);
    boolean nothing = subBatches.isEmpty() && chunks.isEmpty();
    if (nothing || subBatches.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a program needs at least one request in every sub-batch");
    }
  }
}
