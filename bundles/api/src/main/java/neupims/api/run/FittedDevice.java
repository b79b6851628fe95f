// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A device that answers from a fitted model. It is fitted when the first program comes. For one
 * thread.
 */
@ProviderType
public interface FittedDevice extends DeviceSimulator {
  /**
   * What keeps it from answering now, in words, such as how far its fit is; empty for nothing. From
   * any thread.
   */
  default String busyWith() {
    return "";
  }

  /** What its answers are worth; empty before the first program. */
  Optional<FidelityReport> report();
}
