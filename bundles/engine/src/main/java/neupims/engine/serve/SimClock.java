// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.unit.Clock;

/** Simulated time in nanoseconds, moved on by cycles of a clock; what does not divide is kept. */
final class SimClock {
  private static final long NANOS = 1_000_000_000;

  private final long hertz;
  private long nowNanos;
  private long remainder;

  SimClock(Clock clock) {
    hertz = clock.hertz();
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Time passes by cycles: by the exact ratio, not by rounded periods. */
  void cycles(long cycles) {
    long seconds = cycles / hertz;
    long scaled = Math.addExact(Math.multiplyExact(cycles % hertz, NANOS), remainder);
    nowNanos += seconds * NANOS + scaled / hertz;
    remainder = scaled % hertz;
  }

  /** Time passes until a later instant, not before now. */
  void until(long nanos) {
    if (nanos > nowNanos) {
      nowNanos = nanos;
      remainder = 0;
    }
  }
}
