// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.DeviceOptions;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.run.Fidelity;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PolicyParameters;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.ServingSpec;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.WorkloadChoice;
import neupims.api.unit.NearestName;
import neupims.api.workload.LengthDistribution;
import neupims.catalog.value.Leaf;
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
    requireDeviceOptions(resolution);
    VariantValues v = resolution.binder().bind(VariantValues.class, "");
    String called = name.isEmpty() ? v.system() : name;
    return new Variant(
        called,
        v.seed(),
        shard(v, resolution.values()),
        system(v),
        workload(v, lengths),
        serving(v, resolution.values()),
        measure(v.measure(), resolution.values()),
        fidelity(v, resolution.values()),
        new LiveSpec(
            resolution.swaps(),
            resolution.fallbacks(),
            v.limits().pluginWaitSeconds(),
            v.limits().policySeconds()),
        ResolvedJson.variant(called, resolution));
  }

  /** They may only be left out where there is nothing to put together. */
  private static void requireDeviceOptions(Resolution resolution) {
    if (!resolution.values().anyUnder("accelerator.")) {
      resolution.binder().bind(DeviceOptions.class, "device.");
    }
  }

  private static WorkloadChoice workload(VariantValues v, Optional<LengthDistribution> lengths) {
    WorkloadValues workload = v.workload();
    return new WorkloadChoice(
        workload.source(), lengths, workload.requests(), workload.parameters());
  }

  private static ServingSpec serving(VariantValues v, Values values) {
    return new ServingSpec(
        v.batch(),
        v.tokenBudget(),
        prefill(v, values),
        v.kv(),
        v.slo(),
        new ReplicaSpec(v.replicas(), v.router(), v.routerParameters()));
  }

  private static PrefillSpec prefill(VariantValues v, Values values) {
    VariantValues.PrefillPool pool = v.prefillPool();
    PrefillSpec prefill =
        new PrefillSpec(
            choice("prefill", PrefillSpec.Mode.values(), values),
            pool.groups(),
            pool.shared(),
            choice("prefillPool.routing", PrefillSpec.Routing.values(), values),
            pool.linkBytesPerSecond(),
            pool.linkLatencySeconds());
    if (!prefill.routable(v.replicas())) {
      throw values
          .get("prefillPool.routing")
          .orElseThrow()
          .refuse(
              "prefilled needs prefillPool.shared=true with %d replicas".formatted(v.replicas())
                  + ": a pool of a replica's own works on what was routed to it; allowed: arrival");
    }
    return prefill;
  }

  private static Fidelity fidelity(VariantValues v, Values values) {
    Fidelity fidelity = choice("fidelity", Fidelity.values(), values);
    if (fidelity == Fidelity.FAST && v.checkTiming()) {
      throw values
          .get("fidelity")
          .orElseThrow()
          .refuse("fast issues no commands that checkTiming could check; set one of the two");
    }
    return fidelity;
  }

  private static MeasureSpec measure(VariantValues.Measure m, Values values) {
    return new MeasureSpec(
        choice("measure.mode", MeasureSpec.Mode.values(), values),
        m.warmupIterations(),
        m.snapshots(),
        m.everyIterations(),
        m.window());
  }

  /** The constant whose name in lower case a text is. */
  private static <E extends Enum<E>> E choice(String path, E[] constants, Values values) {
    Leaf leaf = values.get(path).orElseThrow();
    List<String> words = new ArrayList<>();
    for (E constant : constants) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (leaf.text().equals(word)) {
        return constant;
      }
      words.add(word);
    }
    throw leaf.refuse(
        "%s is unknown; allowed: %s%s"
            .formatted(
                leaf.shown(), String.join(", ", words), NearestName.hint(leaf.text(), words)));
  }

  private static SystemSpec system(VariantValues v) {
    return new SystemSpec(
        v.system(),
        v.npu().or(() -> v.accelerator().map(AcceleratorSpec::asNpu)).orElseThrow(),
        v.memory().or(() -> v.accelerator().map(AcceleratorSpec::asMemory)).orElseThrow(),
        v.device().orElse(new DeviceOptions(false, 0)),
        v.accelerator(),
        v.interconnect(),
        v.compiler(),
        v.scheduler(),
        v.placement(),
        v.split(),
        v.estimator(),
        new PolicyParameters(v.schedulerParameters(), v.placementParameters(), v.splitParameters()),
        v.checkTiming());
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
