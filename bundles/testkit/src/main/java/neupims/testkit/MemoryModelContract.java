// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link MemoryModel} must do, tried on sample memories: a plain one, a PIM that blocks
 * it and one with row buffers of its own. Those that the model refuses are left out, but not all
 * may be.
 */
public abstract class MemoryModelContract {
  /** The model under test, a new one at each call. */
  protected abstract MemoryModel model();

  /** More memories to try it on. */
  protected List<MemorySpec> more() {
    return List.of();
  }

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.memory(more()), this::model);
  }
}
