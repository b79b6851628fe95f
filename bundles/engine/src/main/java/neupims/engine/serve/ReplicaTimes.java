// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.function.ToDoubleFunction;

/**
 * The integrals of all replicas over one window: counts add up, shares are means. Requests that are
 * not any replica's yet have a place of their own.
 */
final class ReplicaTimes {
  private final long openedNanos;
  private final TimeTally[] each;
  private final TimeTally unrouted;

  ReplicaTimes(int replicas, long openedNanos) {
    this.openedNanos = openedNanos;
    each = new TimeTally[replicas];
    unrouted = new TimeTally(openedNanos);
    for (int i = 0; i < replicas; i++) {
      each[i] = new TimeTally(openedNanos);
    }
  }

  int replicas() {
    return each.length;
  }

  /** Of a replica, or of requests that are {@link Sequence#UNROUTED}. */
  TimeTally of(int replica) {
    return replica == Sequence.UNROUTED ? unrouted : each[replica];
  }

  long openedNanos() {
    return openedNanos;
  }

  /** Until when time has passed where it is furthest. */
  long nowNanos() {
    long latest = unrouted.nowNanos();
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
    return sum(TimeTally::meanInSystem) + unrouted.meanInSystem();
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
