// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.math.BigInteger;
import neupims.api.unit.Clock;

/**
 * Exact conversion between NPU and memory cycles; a time always becomes the first cycle not before
 * it.
 */
final class ClockRatio {
  private final long npu;
  private final long memory;

  ClockRatio(Clock npuClock, Clock memoryClock) {
    BigInteger n = BigInteger.valueOf(npuClock.hertz());
    long common = n.gcd(BigInteger.valueOf(memoryClock.hertz())).longValueExact();
    npu = npuClock.hertz() / common;
    memory = memoryClock.hertz() / common;
  }

  /** First memory cycle that does not begin before the NPU cycle. */
  long toMemory(long npuCycle) {
    return convert(npuCycle, memory, npu);
  }

  /** First NPU cycle that does not begin before the memory cycle. */
  long toNpu(long memoryCycle) {
    return convert(memoryCycle, npu, memory);
  }

  private static long convert(long cycle, long times, long by) {
    if (times == by || cycle == Long.MAX_VALUE) {
      return cycle;
    }
    return Ceil.div(Math.multiplyExact(cycle, times), by);
  }
}
