// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of a run's progress; called from the threads of the variants, one at a time. */
@ConsumerType
public interface RunObserver {
  /** Hears nothing. */
  RunObserver NONE = (variant, done, of) -> {};

  /**
   * An iteration was simulated on the device.
   *
   * @param variant name of the variant
   * @param done iterations of the variant simulated so far
   * @param of iterations it will simulate
   */
  void progress(String variant, int done, int of);
}
