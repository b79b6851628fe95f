// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.Optional;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.WorkloadChoice;
import neupims.api.workload.LengthDistribution;
import neupims.catalog.value.Values;

/** Makes the API's records of resolved values. */
final class VariantAssembly {
  private VariantAssembly() {}

  /**
   * A variant.
   *
   * @param name its name, empty for that of its system
   */
  static Variant variant(String name, Resolution resolution, Optional<LengthDistribution> lengths) {
    VariantValues v = resolution.binder().bind(VariantValues.class, "");
    String called = name.isEmpty() ? v.system() : name;
    return new Variant(
        called,
        v.seed(),
        shard(v, resolution.values()),
        system(v),
        workload(v, lengths),
        v.batch(),
        v.measure(),
        ResolvedJson.variant(called, resolution));
  }

  private static WorkloadChoice workload(VariantValues v, Optional<LengthDistribution> lengths) {
    WorkloadValues workload = v.workload();
    return new WorkloadChoice(
        workload.source(), lengths, workload.requests(), workload.parameters());
  }

  private static SystemSpec system(VariantValues v) {
    return new SystemSpec(
        v.system(),
        v.npu(),
        v.memory(),
        v.device(),
        v.compiler(),
        v.scheduler(),
        v.placement(),
        v.split(),
        v.estimator());
  }

  /** Model and degrees may each be right alone: the message says which of the degrees is meant. */
  private static ModelShard shard(VariantValues v, Values values) {
    try {
      return new ModelShard(v.model(), new Parallelism(v.tp(), v.pp()));
    } catch (IllegalArgumentException mismatch) {
      String degree = mismatch.getMessage().startsWith("pp") ? "pp" : "tp";
      throw values.get(degree).orElseThrow().refuse(mismatch.getMessage());
    }
  }
}
