// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.stream.Stream;
import neupims.api.schedule.KvPlacement;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link KvPlacement} must do. */
public abstract class KvPlacementContract {
  /** The policy under test, a new one at each call. */
  protected abstract KvPlacement placement();

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.placement(), this::placement);
  }
}
