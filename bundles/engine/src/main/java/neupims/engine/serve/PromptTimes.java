// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.compile.ProgramCompiler;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.program.PrefillChunk;
import neupims.api.run.Plugin;
import neupims.api.run.Variant;

/**
 * How long a group of devices works on a prompt alone. The same prompt takes the same time whenever
 * it comes, the simulation of a device starting afresh each time, so each length is simulated once
 * for each compiler that comes along.
 */
final class PromptTimes {
  /**
   * What a prompt takes of a group.
   *
   * @param nanos time
   * @param energy of all devices of the group; empty when the hardware does not say
   */
  record Cost(long nanos, Optional<Energy> energy) {}

  private final Variant variant;
  private final BatchRunner runner;
  private final Policies policies;
  private Plugin<ProgramCompiler> compiler;
  private final Map<Integer, Cost> costs = new HashMap<>();

  PromptTimes(Variant variant, BatchRunner runner, Policies policies) {
    this.variant = variant;
    this.runner = runner;
    this.policies = policies;
  }

  /** Of a prompt of so many tokens. */
  Cost cost(int tokens) {
    if (compiler != policies.compiler()) {
      compiler = policies.compiler();
      costs.clear();
    }
    return costs.computeIfAbsent(tokens, this::simulate);
  }

  private Cost simulate(int tokens) {
    PrefillChunk whole = new PrefillChunk(0, PrefillChunk.NO_CHANNEL, 0, tokens);
    DeviceReport report =
        runner.simulate(List.of(), List.of(whole), List.of(), 0, Compiled.NO_REPLICA);
    SimClock clock = new SimClock(variant.system().memory().clock());
    clock.cycles(Pipeline.stepCycles(variant.shard(), report));
    return new Cost(clock.nowNanos(), Pipeline.stepEnergy(variant.shard(), report));
  }
}
