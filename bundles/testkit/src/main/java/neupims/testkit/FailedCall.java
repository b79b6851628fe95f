// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import neupims.calls.SavedCall;

/**
 * A call that failed in a run, as a unit test of the policy that is mended:
 *
 * <pre>
 * {@literal @}Test
 * void theBatchThatItThrewOn() {
 *   FailedCall.of(Path.of("src/test/resources/demo-scheduler-17.json")).isRightNowBy(new Mine());
 * }
 * </pre>
 */
public final class FailedCall {
  private final SavedCall call;

  private FailedCall(SavedCall call) {
    this.call = call;
  }

  /**
   * From the run's {@code failures/}.
   *
   * @throws neupims.api.unit.InputException if the file is not such a call
   */
  public static FailedCall of(Path file) {
    return new FailedCall(SavedCall.load(file));
  }

  /** What the policy was handed, and what came of it. */
  public SavedCall saved() {
    return call;
  }

  /**
   * Makes the call again.
   *
   * @param policy of the kind that failed
   * @return what it returns
   * @throws AssertionError if that breaks its contract
   */
  public Object isRightNowBy(Object policy) {
    Object result = call.call(policy);
    assertEquals(Optional.empty(), call.violation(result), () -> SavedCall.text(result));
    return result;
  }
}
