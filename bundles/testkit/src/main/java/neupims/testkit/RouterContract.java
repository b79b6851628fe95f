// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.stream.Stream;
import neupims.api.schedule.Router;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every {@link Router} must do. */
public abstract class RouterContract {
  /** The router under test, a new one at each call. */
  protected abstract Router router();

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.router(), this::router);
  }
}
