// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuSpec;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link NpuModel} must do, tried on sample NPUs with the defaults of its parameters.
 */
public abstract class NpuModelContract {
  /** The model under test, a new one at each call. */
  protected abstract NpuModel model();

  /** More NPUs to try it on, with all its parameters. */
  protected List<NpuSpec> more() {
    return List.of();
  }

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.npu(more()), this::model);
  }
}
