// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;
import neupims.api.unit.Clock;
import neupims.conformance.Cases;

/** NPUs to try a model on, with the defaults of its parameters. */
public final class SampleNpus {
  private SampleNpus() {}

  /**
   * The catalog's {@code systolic}, where the sources of the figures are, and one with buffers so
   * small that a kernel takes many tiles.
   */
  public static List<NpuSpec> all(NpuModel model) {
    return List.of(
        npu("large sample", model, 8, 128, 134_218L * 1024),
        npu("small sample", model, 2, 16, 1 << 20));
  }

  private static NpuSpec npu(String name, NpuModel model, int units, int width, long bufferBytes) {
    return new NpuSpec(
        name,
        "sample",
        new Clock(1_000_000_000),
        units,
        width,
        width,
        units,
        width,
        bufferBytes,
        bufferBytes,
        Optional.empty(),
        Cases.defaults(model.parameters()));
  }
}
