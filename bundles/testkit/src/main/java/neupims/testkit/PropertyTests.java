// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import neupims.conformance.Outcome;
import neupims.conformance.Property;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Makes JUnit tests of properties. */
final class PropertyTests {
  private PropertyTests() {}

  /** A test for each property, in order. */
  static <T> Stream<DynamicTest> of(List<Property<T>> properties, Supplier<T> fresh) {
    return properties.stream()
        .map(property -> DynamicTest.dynamicTest(property.name(), () -> test(property, fresh)));
  }

  private static <T> void test(Property<T> property, Supplier<T> fresh) {
    Outcome outcome = property.test(fresh, Property.LIMIT);
    if (outcome.end() == Outcome.End.UNTRIED) {
      throw new TestAbortedException(property.name() + " cannot be told: " + outcome.detail());
    }
    if (!outcome.pass()) {
      throw new AssertionFailedError(
          "%s: %s. %s".formatted(property.name(), property.promise(), outcome.detail()),
          outcome.cause().orElse(null));
    }
  }
}
