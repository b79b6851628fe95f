// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * How requests are served, beyond the policies.
 *
 * @param maxBatch most requests in service
 * @param tokenBudget most tokens that an iteration works on, 0 for as many as the longest sequence
 * @param prefill where prompts are worked on
 * @param kv the KV cache
 * @param slo what a request is promised
 * @param replicas how many times the system is there
 */
public record ServingSpec(
    int maxBatch,
    int tokenBudget,
    PrefillSpec prefill,
    KvSpec kv,
    SloSpec slo,
    ReplicaSpec replicas) {

  /**
   * Checks that requests get to a prefill pool.
   *
   * @throws IllegalArgumentException if replicas with pools of their own are only chosen when a
   *     prompt is done
   */
  public ServingSpec {
    if (!prefill.routable(replicas.count())) {
      throw new IllegalArgumentException(
          "a prompt that is routed when it is done needs a shared prefill pool");
    }
  }

  /** On one replica. */
  public ServingSpec(int maxBatch, int tokenBudget, PrefillSpec prefill, KvSpec kv, SloSpec slo) {
    this(maxBatch, tokenBudget, prefill, kv, slo, ReplicaSpec.ONE);
  }
}
