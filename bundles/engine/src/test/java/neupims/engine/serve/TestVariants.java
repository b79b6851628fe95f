// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Optional;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.Organization;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.run.MeasureSpec;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.WorkloadChoice;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;

/** Small variants for tests: 4 channels of 1 MiB, a model of 8 layers. */
final class TestVariants {
  static final int CHANNELS = 4;
  static final DecoderModel MODEL = new DecoderModel("tiny", 8, 4, 64, 128, 1000, 100, 2);
  static final LengthDistribution LENGTHS =
      new LengthDistribution(
          "test", new double[] {0, 1}, new double[] {5, 20}, new double[] {1, 30});

  private TestVariants() {}

  static Variant variant(String name, Parallelism parallelism, MeasureSpec measure, int batch) {
    return new Variant(
        name,
        1,
        new ModelShard(MODEL, parallelism),
        system(name),
        new WorkloadChoice("source", LENGTHS, 0),
        batch,
        measure,
        "{}");
  }

  static Variant variant(String name) {
    return variant(name, new Parallelism(1, 1), new MeasureSpec(50, 3, 10), 16);
  }

  private static SystemSpec system(String name) {
    Clock clock = new Clock(1_000_000_000);
    Organization organization = new Organization(CHANNELS, 1, 2, 2, 256, 1024, 64);
    MemorySpec memory =
        new MemorySpec(
            "memory", "memory", clock, organization, timing(), controller(), Optional.empty());
    NpuSpec npu =
        new NpuSpec("npu", "npu", clock, 1, 8, 8, 1, 8, 1 << 16, 1 << 16, Parameters.NONE);
    return new SystemSpec(
        name,
        npu,
        memory,
        new DeviceOptions(false, 0),
        "compiler",
        "scheduler",
        "placement",
        "split",
        "estimator");
  }

  private static DramTiming timing() {
    return new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2);
  }

  private static ControllerSpec controller() {
    return new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0);
  }
}
