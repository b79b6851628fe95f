// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuModel;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;

/**
 * What stands for the models of NPU and memory where the device is one whole: a plain memory that
 * holds weights and KV cache. Neither is ever simulated.
 */
final class WholeDevice {
  private static final PluginInfo INFO =
      new PluginInfo("device-model", "whole", "neupims.engine", "", "");

  static final Plugin<NpuModel> NPU =
      new Plugin<>(
          INFO,
          (spec, kernel) -> {
            throw new IllegalStateException("a whole device plans no kernels");
          });

  static final Plugin<MemoryModel> MEMORY = new Plugin<>(INFO, new PlainMemory());

  private WholeDevice() {}

  private static final class PlainMemory implements MemoryModel {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(false, false);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.empty();
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      throw new IllegalStateException("a whole device has no memory of its own to open");
    }
  }
}
