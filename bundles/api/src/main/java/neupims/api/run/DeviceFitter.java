// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import neupims.api.compile.ProgramCompiler;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Fits models of devices from their command-level simulation; docs/FIDELITY.md has the formulas.
 */
@ProviderType
public interface DeviceFitter {
  /**
   * A device to take the place of the command-level one in a run of a variant. The fit depends on
   * the variant's model, hardware, compiler and batch alone, not on its requests.
   *
   * @param variant what runs
   * @param device its hardware
   * @param compiler its compiler
   * @param plugins the plug-ins that take part
   */
  FittedDevice open(
      Variant variant, Device device, ProgramCompiler compiler, List<PluginInfo> plugins);
}
