// SPDX-License-Identifier: Apache-2.0
package neupims.gpu.roofline;

import java.util.List;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;
import neupims.api.metric.Utilization;

/** What the kernels of the steady-state block come to. */
final class BlockSum {
  private long cycles;
  private long macs;
  private long bytes;
  private UnitCycles computeUnits = UnitCycles.NONE;
  private UnitCycles bus = UnitCycles.NONE;

  void add(KernelWork work, KernelTime time) {
    cycles += time.cycles();
    macs += work.macs();
    bytes += work.bytes();
    computeUnits = computeUnits.plus(time.computeUnits());
    bus = bus.plus(time.bus());
  }

  long cycles() {
    return cycles;
  }

  Utilization utilization(AcceleratorSpec spec) {
    return cycles == 0
        ? new Utilization(0, 0, 0)
        : new Utilization(
            macs / ((double) spec.peakMacsPerCycle() * cycles),
            0,
            bytes / (spec.peakBytesPerCycle() * cycles));
  }

  Stalls stalls() {
    return new Stalls(computeUnits, List.of(bus), List.of());
  }
}
