// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import org.osgi.annotation.versioning.ProviderType;

/** Runs programs on devices. Stateless: every call opens the memory anew at cycle 0. */
@ProviderType
public interface DeviceSimulator {
  /**
   * Simulates every stage of a program once, in order.
   *
   * @param device what to run on
   * @param program what to run
   * @param sink hears every memory command
   * @throws IllegalArgumentException if the program does not suit the device: operands that exceed
   *     the memory, a channel out of range, PIM kernels without PIM
   * @throws IllegalStateException if a model breaks its contract, naming it and the cycle
   */
  DeviceReport simulate(Device device, Program program, CommandSink sink);
}
