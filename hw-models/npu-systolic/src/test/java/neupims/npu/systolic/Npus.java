// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.api.unit.Clock;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/**
 * The NPU of facts/neupims.md section 2 with the model's defaults or some of its parameters set.
 */
final class Npus {
  static final SystolicNpu MODEL = new SystolicNpu();

  private Npus() {}

  static NpuSpec npu() {
    return npu(Map.of());
  }

  static NpuSpec npu(Map<String, Object> parameters) {
    return npu(parameters, 134_218L * 1024);
  }

  static NpuSpec npu(Map<String, Object> parameters, long bufferBytes) {
    Map<String, Object> values = new HashMap<>();
    for (ParameterSpec p : MODEL.parameters()) {
      values.put(p.name(), p.defaultValue().orElseThrow());
    }
    values.putAll(parameters);
    return new NpuSpec(
        "neupims",
        "systolic",
        new Clock(1_000_000_000L),
        8,
        128,
        128,
        8,
        128,
        bufferBytes,
        bufferBytes,
        Optional.empty(),
        new Parameters(values));
  }

  static NpuPlan plan(NpuSpec npu, Kernel kernel) {
    return MODEL.plan(npu, kernel);
  }

  /** Cycles of all steps one after the other, each as soon as its unit is free. */
  static long busyCycles(NpuPlan plan) {
    long cycles = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int s = 0; s < tile.steps(); s++) {
        cycles += tile.setup(s) + tile.interval(s);
      }
    }
    return cycles;
  }

  /** Cycles to the last result with all operands in place, steps of a unit in order. */
  static long makespan(NpuPlan plan) {
    long[] free = new long[NpuTile.Unit.values().length];
    long last = 0;
    for (NpuTile tile : plan.tiles()) {
      long[] result = new long[tile.steps()];
      for (int s = 0; s < tile.steps(); s++) {
        int unit = tile.unit(s).ordinal();
        long after = tile.afterStep(s) < 0 ? 0 : result[tile.afterStep(s)];
        long start = Math.max(free[unit] + tile.setup(s), after);
        free[unit] = start + tile.interval(s);
        result[s] = start + tile.latency(s);
        last = Math.max(last, result[s]);
      }
    }
    return last;
  }

  /** Bytes that the plan loads of an input. */
  static long loadedBytes(NpuPlan plan, int operand) {
    long bytes = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int l = 0; l < tile.loads(); l++) {
        bytes += tile.loadOperand(l) == operand ? tile.loadBytes(l) : 0;
      }
    }
    return bytes;
  }

  static long storedBytes(NpuPlan plan) {
    long bytes = 0;
    for (NpuTile tile : plan.tiles()) {
      for (int s = 0; s < tile.stores(); s++) {
        bytes += tile.storeBytes(s);
      }
    }
    return bytes;
  }

  static NpuTile only(NpuPlan plan) {
    List<NpuTile> tiles = plan.tiles();
    if (tiles.size() != 1) {
      throw new AssertionError("one tile expected, not " + tiles.size());
    }
    return tiles.get(0);
  }
}
