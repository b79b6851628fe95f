// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.IterationLine;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;

/** Runs of a source's requests in simulated time, and what was written down of them. */
final class ServedRuns {
  final FakePlugins plugins = new FakePlugins();
  private final Recorder heard = new Recorder();
  final List<RequestLine> lines = heard.requests;
  final List<IterationLine> iterations = heard.iterations;

  VariantResult run(RequestSource source, ServingSpec serving, MeasureSpec measure, long requests) {
    plugins.put(PluginKind.REQUEST_SOURCE, source);
    return run(serving, measure, LiveSpec.NONE, requests);
  }

  /** Of the source that is there. */
  VariantResult run(ServingSpec serving, MeasureSpec measure, LiveSpec live, long requests) {
    Variant sample = SampleVariants.variant("a");
    Variant variant =
        new Variant(
            "a",
            1,
            sample.shard(),
            sample.system(),
            SampleVariants.workload(requests),
            serving,
            measure,
            sample.fidelity(),
            live,
            "{}");
    Experiment experiment = new Experiment("test", 1, List.of(variant), "{}");
    LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());
    return simulation.run(experiment, heard).variants().get(0);
  }

  /** Of a batch of 16 on each replica. */
  VariantResult run(
      RequestSource source, ReplicaSpec replicas, PrefillSpec prefill, MeasureSpec measure) {
    ServingSpec serving =
        new ServingSpec(
            16, 0, prefill, SampleVariants.SERVING.kv(), new SloSpec(0, 0, 0), replicas);
    return run(source, serving, measure, 1_000_000);
  }

  VariantResult serve(RequestSource source, int replicas, PrefillSpec prefill, WindowSpec window) {
    ReplicaSpec spec = new ReplicaSpec(replicas, "round-robin", Parameters.NONE);
    return run(source, spec, prefill, MeasureSpec.serving(window));
  }

  static PrefillSpec prefill(PrefillSpec.Mode mode) {
    return new PrefillSpec(mode, 1, 1e12, 1e-7);
  }
}
