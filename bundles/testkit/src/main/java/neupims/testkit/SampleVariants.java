// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.Optional;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.DramCurrents;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuEnergy;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.Organization;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.run.Fidelity;
import neupims.api.run.KvSpec;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PolicyParameters;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.WorkloadChoice;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;

/**
 * Small resolved variants for tests of what consumes them: a model of 8 layers and 100 positions on
 * 4 channels of 1 MiB. Plug-ins are named after their kinds. Not for timing: the memory has neither
 * timing nor controller.
 */
public final class SampleVariants {
  /** Channels of the memory. */
  public static final int CHANNELS = 4;

  /** The model. */
  public static final DecoderModel MODEL = DecoderModel.gpt("tiny", 8, 4, 64, 128, 1000, 100);

  /** Lengths that fit the model. */
  public static final LengthDistribution LENGTHS =
      new LengthDistribution(
          "short", new double[] {0, 1}, new double[] {5, 20}, new double[] {1, 30});

  private static final Optional<DramCurrents> CURRENTS =
      Optional.of(new DramCurrents(1, 1, 60, 20, 30, 30, 40, 200, 200, 100, 20));

  private static final Optional<NpuEnergy> NPU_ENERGY = Optional.of(new NpuEnergy(1, 1));

  /** A batch of 16, prompts that appear worked on, a link of 1 GB/s to a host of 1 MiB. */
  public static final ServingSpec SERVING =
      new ServingSpec(
          16, 0, PrefillSpec.NONE, new KvSpec(16, 1 << 20, 1e9, 1e-6), new SloSpec(0, 0, 0));

  private SampleVariants() {}

  /** A variant of this name on a system of the same name, with 3 snapshots of a batch of 16. */
  public static Variant variant(String name) {
    return variant(name, new Parallelism(1, 1), MeasureSpec.snapshots(50, 3, 10));
  }

  /** The same with other parallelism and snapshots. */
  public static Variant variant(String name, Parallelism parallelism, MeasureSpec measure) {
    return variant(name, new ModelShard(MODEL, parallelism), measure, 0);
  }

  /** The same with another model and number of requests. */
  public static Variant variant(String name, ModelShard shard, MeasureSpec measure, long requests) {
    return new Variant(
        name,
        1,
        shard,
        system(name),
        workload(requests),
        SERVING,
        measure,
        Fidelity.EXACT,
        LiveSpec.NONE,
        "{}");
  }

  /** So many requests, 0 for no end. */
  public static WorkloadChoice workload(long requests) {
    return new WorkloadChoice("source", Optional.of(LENGTHS), requests, Parameters.NONE);
  }

  private static SystemSpec system(String name) {
    Clock clock = new Clock(1_000_000_000);
    Organization organization = new Organization(CHANNELS, 1, 2, 2, 256, 1024, 64);
    MemorySpec memory =
        new MemorySpec(
            "memory", "memory", clock, organization, null, null, CURRENTS, Optional.empty());
    NpuSpec npu =
        new NpuSpec(
            "npu", "npu", clock, 1, 8, 8, 1, 8, 1 << 16, 1 << 16, NPU_ENERGY, Parameters.NONE);
    return new SystemSpec(
        name,
        npu,
        memory,
        new DeviceOptions(false, 0),
        "compiler",
        "scheduler",
        "placement",
        "split",
        "estimator",
        PolicyParameters.NONE,
        false);
  }
}
