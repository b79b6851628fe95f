// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.ServingSpec;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.testkit.SampleVariants;

/** Serving variants whose policies change, and their results as text. */
final class Live {
  private Live() {}

  /** So many requests, a batch of 16. */
  static Variant variant(String name, long requests, LiveSpec live) {
    Variant sample = SampleVariants.variant(name);
    return of(sample, sample.system(), sample.serving(), requests, live);
  }

  /** The same with other changes. */
  static Variant with(Variant v, LiveSpec live) {
    return of(v, v.system(), v.serving(), v.workload().requests(), live);
  }

  /** The same with a scheduler of a name. */
  static Variant scheduler(Variant v, String name) {
    SystemSpec s = v.system();
    return system(v, s.compiler(), name, s.split());
  }

  /** The same with scheduler, split and compiler of a name. */
  static Variant policies(Variant v, String name) {
    return system(v, name, name, name);
  }

  /** The same with one policy of a name. */
  static Variant named(Variant v, PluginKind<?> kind, String name) {
    SystemSpec s = v.system();
    return system(
        v,
        kind == PluginKind.COMPILER ? name : s.compiler(),
        kind == PluginKind.SCHEDULER ? name : s.scheduler(),
        kind == PluginKind.PLACEMENT ? name : s.placement(),
        kind == PluginKind.SPLIT ? name : s.split(),
        kind == PluginKind.ESTIMATOR ? name : s.estimator());
  }

  private static Variant system(Variant v, String compiler, String scheduler, String split) {
    SystemSpec s = v.system();
    return system(v, compiler, scheduler, s.placement(), split, s.estimator());
  }

  private static Variant system(
      Variant v,
      String compiler,
      String scheduler,
      String placement,
      String split,
      String estimator) {
    SystemSpec s = v.system();
    SystemSpec system =
        new SystemSpec(
            s.name(),
            s.npu(),
            s.memory(),
            s.device(),
            compiler,
            scheduler,
            placement,
            split,
            estimator,
            s.parameters(),
            s.checkTiming());
    return of(v, system, v.serving(), v.workload().requests(), v.live());
  }

  /** The same with replicas. */
  static Variant replicas(Variant v, ReplicaSpec replicas) {
    ServingSpec s = v.serving();
    ServingSpec serving =
        new ServingSpec(s.maxBatch(), s.tokenBudget(), s.prefill(), s.kv(), s.slo(), replicas);
    return of(v, v.system(), serving, v.workload().requests(), v.live());
  }

  private static Variant of(
      Variant v, SystemSpec system, ServingSpec serving, long requests, LiveSpec live) {
    return new Variant(
        v.name(),
        v.seed(),
        v.shard(),
        system,
        SampleVariants.workload(requests),
        serving,
        MeasureSpec.serving(WindowSpec.ALL),
        v.fidelity(),
        live,
        v.resolvedJson());
  }

  /** All that a result says of what was simulated. */
  static String text(VariantResult r) {
    return String.join(
        "\n",
        r.iterations() + " " + r.requestsCompleted() + " " + r.tokensGenerated(),
        r.simulatedSeconds() + " " + r.meanBlockCycles() + " " + r.channelMaxOverMean(),
        r.utilization() + " " + r.energy() + " " + r.kvPeakFraction(),
        r.serving() + " " + r.stopped() + " " + r.failure(),
        r.events() + " " + r.swaps(),
        r.warnings() + " " + r.plugins());
  }
}
