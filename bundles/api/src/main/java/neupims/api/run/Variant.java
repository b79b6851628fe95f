// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.model.ModelShard;

/**
 * One fully resolved simulation: nothing in it needs looking up but plug-ins by name.
 *
 * @param name of the variant within its experiment
 * @param seed of every random choice
 * @param shard the model on one device, with its parallelism
 * @param system hardware and policies
 * @param workload where requests come from
 * @param serving how they are served
 * @param measure what is measured
 * @param fidelity how closely the device is simulated
 * @param live what may become of its policies as it runs
 * @param resolvedJson the resolved values as a JSON object, every key with its value
 */
public record Variant(
    String name,
    long seed,
    ModelShard shard,
    SystemSpec system,
    WorkloadChoice workload,
    ServingSpec serving,
    MeasureSpec measure,
    Fidelity fidelity,
    LiveSpec live,
    String resolvedJson) {
  /** The same with other things that may become of its policies. */
  public Variant with(LiveSpec other) {
    return new Variant(
        name, seed, shard, system, workload, serving, measure, fidelity, other, resolvedJson);
  }

  /** Most requests in service. */
  public int maxBatch() {
    return serving.maxBatch();
  }
}
