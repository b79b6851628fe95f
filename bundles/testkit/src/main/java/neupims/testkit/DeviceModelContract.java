// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.program.Program;
import neupims.api.run.DeviceModel;
import neupims.conformance.Contracts;
import neupims.conformance.hw.DeviceProperties;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link DeviceModel} must do. */
public abstract class DeviceModelContract {
  /** The model under test. */
  protected abstract DeviceModel model();

  /** A device of the model with all its parameters. */
  protected abstract AcceleratorSpec spec();

  /**
   * Attention in a stage that is not of the block, then a GEMM and two vector operations in one
   * that is; for {@code rows} requests of {@code tokens} tokens each.
   */
  protected static Program program(int rows, int tokens) {
    return DeviceProperties.program(rows, tokens);
  }

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.device(List.of(spec())), this::model);
  }
}
