// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.NpuEnergy;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;
import neupims.api.unit.Clock;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/** The NPU of facts/neupims.md section 2, for tests. */
final class Rigs {
  static final DeviceOptions OWN_ADDRESSES = new DeviceOptions(false, 0);
  static final DeviceOptions REFERENCE = new DeviceOptions(true, 512);

  private Rigs() {}

  /** With the given parameters and the model's defaults for the others. */
  static NpuSpec npu(NpuModel model, long hertz, Map<String, Object> parameters) {
    Map<String, Object> values = new TreeMap<>();
    for (ParameterSpec p : model.parameters()) {
      values.put(p.name(), p.defaultValue());
    }
    values.putAll(parameters);
    long scratchpad = 134_218L * 1024;
    return new NpuSpec(
        "npu",
        "systolic",
        new Clock(hertz),
        8,
        128,
        128,
        8,
        128,
        scratchpad,
        scratchpad,
        Optional.of(new NpuEnergy(0.72, 1.75)),
        new Parameters(values));
  }
}
