// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds out where two variants part. Devices are simulated command by command, and more than once;
 * memory does not grow with the number of commands.
 */
@ProviderType
public interface DeviceComparison {
  /**
   * One decode iteration of a given batch on both.
   *
   * @throws neupims.api.unit.InputException as {@link Simulation#step}
   */
  DeviceDiff step(Variant first, Variant second, List<BatchEntry> batch);

  /**
   * Their runs, iteration by iteration as each simulates them, up to the first that is not the
   * same.
   *
   * @throws neupims.api.unit.InputException if one cannot be run
   * @throws IllegalStateException if one fails before they part
   */
  DeviceDiff runs(Variant first, Variant second);
}
