// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that a call of a policy takes. Calls are made where they are needed, on the variant's
 * thread, so that a call costs two writes; somebody else looks at the clock now and then:
 *
 * <pre>
 * idle --> under way --> idle
 *              | limit passed: its thread is interrupted
 *              v
 *            late ----> idle                  it came back: trouble
 *              | grace passed
 *              v
 *          left behind                        if it ever comes back, its thread ends
 * </pre>
 *
 * What a variant's thread did before a call is visible to whoever finds it late or leaves it
 * behind.
 */
final class CallClock {
  /** Time to come back after an interrupt. ASSUMED */
  private static final long GRACE_NANOS = 1_000_000_000;

  private static final long IDLE = 0;
  private static final long LEFT_BEHIND = Long.MIN_VALUE;

  /** Ends a thread that nobody waits for any more. */
  static final class LeftBehind extends Error {
    private static final long serialVersionUID = 1L;

    LeftBehind() {
      super("this call took too long: nobody waits for it any more");
    }
  }

  private final double limitSeconds;
  private final long limitNanos;

  /** Number of the call that is under way, negative when it is late. */
  private final AtomicLong state = new AtomicLong(IDLE);

  private long calls;
  private long startedNanos;
  private Thread thread;

  /**
   * No call yet.
   *
   * @param limitSeconds wall time that a call may take; 0 for any
   */
  CallClock(double limitSeconds) {
    this.limitSeconds = limitSeconds;
    limitNanos = Math.round(limitSeconds * 1e9);
  }

  /**
   * Calls.
   *
   * @throws Trouble if it throws or comes back late
   * @throws LeftBehind if it comes back, or throws, when nobody waits any more
   * @throws VirtualMachineError if the virtual machine cannot go on with it, but for a stack that
   *     overflows
   */
  <T> T call(Callable<T> work) {
    thread = Thread.currentThread();
    startedNanos = System.nanoTime();
    long number = ++calls;
    state.setRelease(number);
    T result = null;
    Trouble trouble = null;
    try {
      result = work.call();
    } catch (VirtualMachineError error) {
      if (!(error instanceof StackOverflowError)) {
        if (!state.compareAndSet(number, IDLE)) {
          comeBackLate(number);
        }
        throw error;
      }
      trouble = Trouble.threw(error);
    } catch (Throwable thrown) {
      trouble = Trouble.threw(thrown);
    }
    if (!state.compareAndSet(number, IDLE)) {
      comeBackLate(number);
      trouble = Trouble.late(limitSeconds, trouble != null && trouble.ofEstimator());
    }
    if (trouble != null) {
      throw trouble;
    }
    return result;
  }

  private void comeBackLate(long number) {
    if (!state.compareAndSet(-number, IDLE)) {
      throw new LeftBehind();
    }
    // The interrupt was for the call alone.
    Thread.interrupted();
  }

  /**
   * Ends the call of whoever asks if nobody waits for it any more.
   *
   * @throws LeftBehind if so
   */
  void requireWanted() {
    if (state.getOpaque() == LEFT_BEHIND) {
      throw new LeftBehind();
    }
  }

  /** Looks at the clock; whether a call has just been left behind. From a thread of its own. */
  boolean look() {
    long seen = state.getAcquire();
    if (limitNanos == 0 || seen == IDLE || seen == LEFT_BEHIND) {
      return false;
    }
    long passed = System.nanoTime() - startedNanos;
    if (seen > 0) {
      if (passed > limitNanos && state.compareAndSet(seen, -seen)) {
        thread.interrupt();
      }
      return false;
    }
    return passed > limitNanos + GRACE_NANOS && state.compareAndSet(seen, LEFT_BEHIND);
  }

  /** Name of the thread that was left behind. */
  String abandoned() {
    return thread.getName();
  }

  /** The trouble of a call that was left behind. */
  Trouble late(boolean inEstimator) {
    return Trouble.late(limitSeconds, inEstimator);
  }
}
