// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import neupims.api.unit.ParameterSpec;
import neupims.api.workload.WorkloadSpec;

/** The parameter {@code rate}. */
final class Rate {
  static final ParameterSpec PARAMETER =
      ParameterSpec.real("rate", 1e-6, 1e6, "mean arrivals, in requests per second");

  private static final double NANOS_PER_SECOND = 1e9;

  private Rate() {}

  /** Mean time from one arrival to the next. */
  static double gapNanos(WorkloadSpec spec) {
    return NANOS_PER_SECOND / spec.parameters().real(PARAMETER.name());
  }
}
