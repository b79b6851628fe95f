// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to simulate a kind of whole device that is not an NPU and a memory, such as a GPU.
 * Stateless: the same program takes the same time.
 */
@ConsumerType
public interface DeviceModel {
  /** The parameters that this model understands, for {@link AcceleratorSpec#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * Times every stage of a program once, in order. Cycles are those of the device's clock; "npu" in
   * the report stands for its compute units.
   *
   * @throws IllegalArgumentException if the program has kernels that the device cannot run
   */
  DeviceReport simulate(AcceleratorSpec spec, Program program);
}
