// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.function.ToDoubleFunction;

/** The integrals of all replicas over one window: counts add up, shares are means. */
final class ReplicaTimes {
  private final long openedNanos;
  private final TimeTally[] each;

  ReplicaTimes(int replicas, long openedNanos) {
    this.openedNanos = openedNanos;
    each = new TimeTally[replicas];
    for (int i = 0; i < replicas; i++) {
      each[i] = new TimeTally(openedNanos);
    }
  }

  int replicas() {
    return each.length;
  }

  TimeTally of(int replica) {
    return each[replica];
  }

  long openedNanos() {
    return openedNanos;
  }

  /** Until when time has passed on the replica that is furthest. */
  long nowNanos() {
    long latest = openedNanos;
    for (TimeTally time : each) {
      latest = Math.max(latest, time.nowNanos());
    }
    return latest;
  }

  double seconds() {
    return (nowNanos() - openedNanos) / 1e9;
  }

  double busyFraction() {
    return sum(TimeTally::busyFraction) / each.length;
  }

  double meanInSystem() {
    return sum(TimeTally::meanInSystem);
  }

  double meanInService() {
    return sum(TimeTally::meanInService);
  }

  double meanAllocatedBlocks() {
    return sum(TimeTally::meanAllocatedBlocks);
  }

  double meanUsedBytes() {
    return sum(TimeTally::meanUsedBytes);
  }

  double swapSeconds() {
    return sum(TimeTally::swapSeconds);
  }

  private double sum(ToDoubleFunction<TimeTally> of) {
    double sum = 0;
    for (TimeTally time : each) {
      sum += of.applyAsDouble(time);
    }
    return sum;
  }
}
