// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.run.KvSpec;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.PrefillSpec.Mode;
import neupims.api.run.PrefillSpec.Routing;
import neupims.api.run.PrefillUse;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;

/**
 * Runs with prefill groups; a decode takes 80 ns, a prompt token 24 ns and its cache 2 KiB, which a
 * link of 1 GB/s moves in 2,048 ns.
 */
final class PoolRuns {
  static final long DECODE = FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers();
  static final long PROMPT_TOKEN =
      FakeDevice.CYCLES_PER_PROMPT_TOKEN * SampleVariants.MODEL.layers();
  static final long LATENCY = 100;
  static final long MOVE_TOKEN = 2048;
  static final KvSpec KV = SampleVariants.SERVING.kv();

  private final ServedRuns runs = new ServedRuns();
  final FakePlugins plugins = runs.plugins;
  final List<RequestLine> lines = runs.lines;

  /** A pool for all replicas. */
  static PrefillSpec shared(int groups, Routing routing) {
    return new PrefillSpec(Mode.SEPARATE, groups, true, routing, 1e9, LATENCY / 1e9);
  }

  static PrefillUse use(VariantResult result) {
    return result.serving().orElseThrow().prefill().orElseThrow();
  }

  /** A batch of 16, all of the run. */
  VariantResult serve(RequestSource source, int replicas, PrefillSpec prefill) {
    return serve(source, replicas, 16, prefill, WindowSpec.ALL);
  }

  VariantResult serve(
      RequestSource source, int replicas, int batch, PrefillSpec prefill, WindowSpec window) {
    plugins.put(PluginKind.REQUEST_SOURCE, source);
    ReplicaSpec spec = new ReplicaSpec(replicas, "round-robin", Parameters.NONE);
    ServingSpec serving = new ServingSpec(batch, 0, prefill, KV, new SloSpec(0, 0, 0), spec);
    return run(serving, MeasureSpec.serving(window), LiveSpec.NONE);
  }

  /** The lines are those of this run. */
  VariantResult run(ServingSpec serving, MeasureSpec measure, LiveSpec live) {
    lines.clear();
    return runs.run(serving, measure, live, 1_000_000);
  }
}
