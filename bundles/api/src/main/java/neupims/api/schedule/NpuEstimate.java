// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Estimates the NPU's time for a block's matrix products: QKV generation, projection and
 * feed-forward network. A pure function that never falls.
 */
@ConsumerType
public interface NpuEstimate {
  /** Estimated memory cycles of so many tokens, at least 1. */
  long blockCycles(int tokens);
}
