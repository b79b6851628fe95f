// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.stream.Stream;
import neupims.api.schedule.GemvEstimator;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link GemvEstimator} must do. */
public abstract class GemvEstimatorContract {
  /** The estimator under test, a new one at each call. */
  protected abstract GemvEstimator estimator();

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.estimator(), this::estimator);
  }
}
