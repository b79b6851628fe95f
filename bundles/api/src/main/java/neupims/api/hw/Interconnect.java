// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import org.osgi.annotation.versioning.ConsumerType;

/** A topology with its algorithms: how long devices take to exchange data. Pure functions. */
@ConsumerType
public interface Interconnect {
  /**
   * Seconds until every device has the sum of all devices' tensors, from when the last of them has
   * its own.
   *
   * @param spec the links
   * @param devices that take part, at least 1; one alone takes no time
   * @param bytes of the tensor on each device
   */
  double allReduceSeconds(InterconnectSpec spec, int devices, long bytes);

  /** Seconds until a tensor of so many bytes is on a neighbouring device. */
  double sendSeconds(InterconnectSpec spec, long bytes);
}
