// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.Map;
import java.util.stream.Stream;
import neupims.api.schedule.BatchScheduler;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link BatchScheduler} must do. A subclass may try other parameters than the defaults.
 */
public abstract class BatchSchedulerContract {
  /** The scheduler under test, a new one at each call. */
  protected abstract BatchScheduler scheduler();

  /** What differs from the defaults of its parameters. */
  protected Map<String, Object> parameters() {
    return Map.of();
  }

  /** A test for each property. */
  @TestFactory
  public final Stream<DynamicTest> contract() {
    return PropertyTests.of(Contracts.scheduler(parameters()), this::scheduler);
  }
}
