// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.math.BigInteger;
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
    nowNanos += cycles / hertz * NANOS;
    long part = cycles % hertz;
    if (part < Long.MAX_VALUE / NANOS - 1) {
      long scaled = part * NANOS + remainder;
      nowNanos += scaled / hertz;
      remainder = scaled % hertz;
    } else {
      BigInteger scaled =
          BigInteger.valueOf(part)
              .multiply(BigInteger.valueOf(NANOS))
              .add(BigInteger.valueOf(remainder));
      BigInteger[] parts = scaled.divideAndRemainder(BigInteger.valueOf(hertz));
      nowNanos += parts[0].longValueExact();
      remainder = parts[1].longValueExact();
    }
  }

  /** Time passes until a later instant, not before now. */
  void until(long nanos) {
    if (nanos > nowNanos) {
      nowNanos = nanos;
      remainder = 0;
    }
  }
}
