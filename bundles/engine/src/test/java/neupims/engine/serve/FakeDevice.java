// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;

/** A device whose block takes ten cycles a request that decodes and three a token of a prompt. */
final class FakeDevice implements DeviceSimulator {
  static final long CYCLES_PER_REQUEST = 10;
  static final long CYCLES_PER_PROMPT_TOKEN = 3;

  /** Of a block, whatever its cycles. */
  static final Energy BLOCK_ENERGY = new Energy(1, 2, 4);

  @Override
  public DeviceReport simulate(Device device, Program program, CommandSink sink) {
    long cycles = 0;
    for (Task task : program.stages().get(0).tasks()) {
      if (task.kernel() instanceof Kernel.NpuAttention attention) {
        cycles += attention.residents().size() * CYCLES_PER_REQUEST;
      } else if (task.kernel() instanceof Kernel.PrefillAttention prefill) {
        cycles += prefill.tokens() * CYCLES_PER_PROMPT_TOKEN;
      }
    }
    return report(cycles);
  }

  static DeviceReport report(long blockCycles) {
    return new DeviceReport(
        blockCycles,
        List.of(
            new StageReport(
                "A", Stage.Repeat.EVERY_LAYER, true, blockCycles, Optional.of(BLOCK_ENERGY))),
        List.of(),
        new Utilization(0.5, 0, 0.25),
        Stalls.NONE,
        new Traffic(0, 0),
        Map.of(),
        0);
  }
}
