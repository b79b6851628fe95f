// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.run.FidelityReport;

/**
 * What a variant's programs run on: the one way from its loop to a device. Programs come in the
 * order in which a variant needs them, which is the same every time; for one thread.
 */
interface ProgramDevice {
  /** Runs a program. */
  DeviceReport run(Compiled compiled);

  /**
   * Whether programs with exchanges of partial sums ({@link neupims.api.program.Stage}) are run as
   * such; if not, they are run as if there were none.
   */
  boolean exchanges();

  /** How far the answers so far can be trusted; empty when they are exact. */
  Optional<FidelityReport> fidelity();

  /** What keeps it from running programs now, in words; empty for nothing. From any thread. */
  default String busyWith() {
    return "";
  }

  /** No more programs will come. */
  default void close() {}

  /** The same from the first program on, which comes again. */
  default ProgramDevice again() {
    return this;
  }
}
