// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

/** A unit of the NPU: when it can take the next step. NPU cycles. */
final class UnitState {
  /** Before any step: whatever the set-up, it was over long ago. */
  private static final long LONG_IDLE = Long.MIN_VALUE / 4;

  private long free = LONG_IDLE;
  private long lastResult;

  /** When the last step's interval is over. */
  long free() {
    return free;
  }

  /**
   * Takes a step.
   *
   * @param ready when its operands are there, put in place when nothing hides that
   * @param arrived when its operands are there
   * @param inPast whether a late step keeps its place in a pipe that is not empty
   * @return the start
   */
  long start(long ready, long arrived, long setup, boolean inPast, long interval, long latency) {
    long start = Math.max(free + setup, ready);
    if (inPast && lastResult > arrived) {
      start = free + setup;
    }
    free = start + interval;
    lastResult = start + latency;
    return start;
  }
}
