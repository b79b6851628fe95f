// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.util.Objects;
import java.util.function.Supplier;

/** Demands, without the test framework that the platform does not have. */
public final class Expect {
  /** Plans and programs can be long; a message shows their beginning. */
  private static final int SHOWN = 200;

  private Expect() {}

  /**
   * Demands that something holds.
   *
   * @throws Violation if it does not
   */
  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }

  /**
   * The same with a message that costs something.
   *
   * @throws Violation if it does not hold
   */
  public static void that(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new Violation(otherwise.get());
    }
  }

  /**
   * Demands that two values are equal.
   *
   * @throws Violation if they are not
   */
  public static void equal(Object expected, Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new Violation(
          "%s: %s expected, not %s".formatted(what, shortened(expected), shortened(actual)));
    }
  }

  /**
   * Demands that two numbers are equal.
   *
   * @throws Violation if they are not
   */
  public static void equal(long expected, long actual, String what) {
    if (expected != actual) {
      throw new Violation("%s: %d expected, not %d".formatted(what, expected, actual));
    }
  }

  /**
   * Demands that a call is refused.
   *
   * @throws Violation if it returns or throws something else
   */
  public static void refused(Class<? extends RuntimeException> how, Runnable call, String what) {
    try {
      call.run();
    } catch (RuntimeException refusal) {
      that(how.isInstance(refusal), () -> what + " is refused with " + refusal);
      return;
    }
    throw new Violation(what + " is not refused with " + how.getSimpleName());
  }

  private static String shortened(Object value) {
    String text = String.valueOf(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
