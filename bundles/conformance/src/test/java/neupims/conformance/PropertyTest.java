// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whatever a plug-in does, a property has an outcome. */
final class PropertyTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static Outcome test(Property.Check<Object> check, Duration limit) {
    return new Property<>("answers", "it answers", check).test(Object::new, limit);
  }

  @Test
  void aPropertyThatHoldsSaysWhatWasTried() {
    Outcome outcome = test(fresh -> "7 cases", LONG);
    assertTrue(outcome.pass());
    assertEquals("7 cases", outcome.detail());
  }

  @Test
  void aCallThatDoesNotComeBackIsLeftBehindWithItsPlaceNamed() {
    CountDownLatch never = new CountDownLatch(1);
    Outcome outcome =
        test(
            fresh -> {
              never.await();
              return "";
            },
            Duration.ofMillis(100));
    assertFalse(outcome.pass());
    assertTrue(outcome.detail().startsWith("not done after 0.1 s"), outcome.detail());
  }

  @Test
  void besideThreadsThatHangOthersHaveMoreTimeAndAreToldOfThem() {
    CountDownLatch never = new CountDownLatch(1);
    Property.Check<Object> hangs =
        fresh -> {
          while (never.getCount() > 0) {
            Thread.onSpinWait();
          }
          return "";
        };
    try {
      assertEquals(Outcome.End.HANGS, test(hangs, Duration.ofMillis(50)).end());
      Outcome second = test(hangs, Duration.ofMillis(50));
      assertTrue(second.detail().contains(" that hang)"), second.detail());
      assertFalse(second.detail().startsWith("not done after 0.05 s"), second.detail());
    } finally {
      never.countDown();
    }
  }

  @Test
  void whatCannotBeToldIsNeitherAPassNorAFailure() {
    Outcome outcome =
        test(
            fresh -> {
              throw new Untried("3 of 9 cases to their end; valid plans is broken");
            },
            LONG);
    assertEquals(Outcome.End.UNTRIED, outcome.end());
    assertFalse(outcome.pass());
    assertEquals("3 of 9 cases to their end; valid plans is broken", outcome.detail());
  }

  @Test
  void whatIsThrownIsAnOutcomeErrorsIncluded() {
    Outcome outcome =
        test(
            fresh -> {
              throw new StackOverflowError("deep");
            },
            LONG);
    assertFalse(outcome.pass());
    assertTrue(outcome.detail().startsWith("threw java.lang.StackOverflowError: deep"));
  }

  @Test
  void aViolationIsQuotedOnOneLine() {
    Outcome outcome =
        test(
            fresh -> {
              Expect.equal(1, 2, "sub\nbatches");
              return "";
            },
            LONG);
    assertEquals("sub batches: 1 expected, not 2", outcome.detail());
  }

  @Test
  void aRefusalIsDemandedByItsType() {
    Expect.refused(IllegalStateException.class, () -> fail("no"), "it");
    Outcome wrong =
        test(
            fresh -> {
              Expect.refused(IllegalArgumentException.class, () -> fail("no"), "it");
              return "";
            },
            LONG);
    assertEquals("it is refused with java.lang.IllegalStateException: no", wrong.detail());
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }
}
