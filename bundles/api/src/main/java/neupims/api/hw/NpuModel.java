// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.List;
import neupims.api.program.Kernel;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to time kernels on an NPU. The model only plans: which bytes to load, which steps to
 * compute, which bytes to store; the engine runs the plan against the memory. Planning is a pure
 * function.
 */
@ConsumerType
public interface NpuModel {
  /** The parameters that this model understands, for {@link NpuSpec#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * Plans a kernel. For {@link Kernel.PimLogitSoftmax} the plan is that of the softmax alone: one
   * tile per resident in the kernel's order, without loads, the scores being in the NPU already;
   * what its tiles store, from offset 0 each, goes to the resident's channel for the GEMV that
   * follows.
   *
   * @throws IllegalArgumentException if the kernel does not fit the NPU at all
   */
  NpuPlan plan(NpuSpec spec, Kernel kernel);
}
