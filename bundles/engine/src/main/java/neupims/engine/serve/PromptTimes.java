// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Arrays;
import java.util.List;
import neupims.api.metric.DeviceReport;
import neupims.api.program.PrefillChunk;
import neupims.api.run.Variant;

/**
 * How long a group of devices works on a prompt alone. The same prompt takes the same time whenever
 * it comes, the simulation of a device starting afresh each time, so each length is simulated once.
 */
final class PromptTimes implements PrefillPool.Prefill {
  private final Variant variant;
  private final BatchRunner runner;
  private final long[] nanos;

  PromptTimes(Variant variant, BatchRunner runner) {
    this.variant = variant;
    this.runner = runner;
    nanos = new long[variant.shard().model().maxPositions() + 1];
    Arrays.fill(nanos, -1);
  }

  @Override
  public long nanos(int tokens) {
    if (nanos[tokens] < 0) {
      PrefillChunk whole = new PrefillChunk(0, 0, 0, tokens);
      DeviceReport report = runner.simulate(List.of(), List.of(whole), 0);
      long cycles = Pipeline.stepCycles(variant.shard(), report);
      SimClock clock = new SimClock(variant.system().memory().clock());
      clock.cycles(cycles);
      nanos[tokens] = clock.nowNanos();
    }
    return nanos[tokens];
  }
}
