// SPDX-License-Identifier: Apache-2.0
package neupims.gpu.roofline;

import neupims.api.hw.AcceleratorSpec;
import neupims.api.metric.UnitCycles;
import neupims.api.unit.Parameters;

/**
 * How long a kernel takes, in cycles.
 *
 * @param arithmetic of it, tensor cores compute
 * @param traffic of it, the memory moves bytes
 * @param overhead of it, nothing runs yet
 * @param cycles all of it
 */
record KernelTime(long arithmetic, long traffic, long overhead, long cycles) {
  /** Share of the peak that large GEMMs reach. */
  static final String COMPUTE = "computeShare";

  /** Share of the bandwidth that large kernels reach. */
  static final String BANDWIDTH = "bandwidthShare";

  /** Nanoseconds between two kernels. */
  static final String OVERHEAD = "kernelNanos";

  /** Of a kernel; what the network writes is launched by nobody. */
  static KernelTime of(AcceleratorSpec spec, KernelWork work, boolean launched) {
    Parameters parameters = spec.parameters();
    double arithmetic = work.macs() / (spec.peakMacsPerCycle() * parameters.real(COMPUTE));
    double traffic = work.bytes() / (spec.peakBytesPerCycle() * parameters.real(BANDWIDTH));
    double overhead = !launched ? 0 : parameters.real(OVERHEAD) * 1e-9 * spec.clock().hertz();
    long cycles = (long) Math.ceil(Math.max(arithmetic, traffic) + overhead);
    return new KernelTime((long) arithmetic, (long) traffic, (long) overhead, cycles);
  }

  /** The tensor cores' cycles: what they do not compute they wait for operands. */
  UnitCycles computeUnits() {
    return new UnitCycles(arithmetic, cycles - arithmetic - overhead, 0, 0, 0, overhead);
  }

  /** The memory bus's cycles: what it does not move it waits for the tensor cores. */
  UnitCycles bus() {
    return new UnitCycles(traffic, 0, cycles - traffic - overhead, 0, 0, overhead);
  }
}
